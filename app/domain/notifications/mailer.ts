type Mail = { to: string; subject: string; text: string; /** The provider sends a repeated key once. */ idempotencyKey: string };

/** Port: hands a mail over, or throws. Answers the provider's own id. */
export type Mailer = { send(mail: Mail): Promise<string> };
