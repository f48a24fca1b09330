/** An `error` object with its HTTP status, as Stripe answers it. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly error: Record<string, unknown>;
  constructor(status: number, error: { type: string; code?: string; message: string; param?: string; decline_code?: string; payment_intent?: unknown }) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

export const badRequest = (message: string, code?: string, param?: string) =>
  new StripeRefusal(400, { type: "invalid_request_error", message, ...(code ? { code } : {}), ...(param ? { param } : {}) });

export const noSuch = (what: string, id: string) => new StripeRefusal(404, { type: "invalid_request_error", code: "resource_missing", message: `No such ${what}: '${id}'`, param: "id" });
