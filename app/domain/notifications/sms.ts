type Sms = { to: string; text: string; /** The provider sends a repeated key once. */ idempotencyKey: string };

/** Port: hands a text message over, or throws. Answers the provider's own id. */
export type SmsSender = { send(sms: Sms): Promise<string> };
