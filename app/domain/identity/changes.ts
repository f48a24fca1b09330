/** What a person is told of in any case, so that they notice when it was not them. */
export type SecurityChange = "password_changed" | "password_reset" | "totp_enabled" | "totp_disabled" | "backup_codes_made" | "passkey_added" | "passkey_removed" | "email_changed";
