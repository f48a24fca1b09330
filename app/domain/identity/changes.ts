/** What a person is told of in any case, so that they notice when it was not them. */
export type SecurityChange =
  | "password_changed" | "password_reset" | "account_recovered" | "email_changed" | "backup_codes_made"
  | "totp_enabled" | "totp_disabled" | "sms_codes_enabled" | "sms_codes_disabled" | "email_codes_enabled" | "email_codes_disabled"
  | "token_made" | "passkey_added" | "passkey_removed";
