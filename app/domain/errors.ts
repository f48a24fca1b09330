/** Every way the domain says no. The table in `app/http/respond.ts` gives each its HTTP status. */
export type RefusalCode =
  | "invalid_input"
  | "unauthenticated"
  | "second_factor_required"
  | "forbidden"
  | "step_up_required"
  | "password_change_required"
  | "not_found"
  | "conflict"
  | "over_limit"
  | "payment_in_progress"
  | "too_large"
  | "unsupported_media_type"
  | "rate_limited"
  | "provider_unavailable";

/** `message` is a key of the catalogue's `problems`, or a sentence already in the reader's language. */
export type FieldProblem = { path: string; message: string };

/** Shown to the API's caller beside the code: the current `state`, who decided, when to retry. `status` is HTTP's. */
type Extra = Record<string, unknown> & { status?: never };

export class DomainError extends Error {
  override name = "DomainError";
  readonly code: RefusalCode;
  /** Keys of the catalogue's `problems`, said to a person. */
  readonly reason: string;
  readonly fields: FieldProblem[];
  readonly extra: Extra;
  /** The child from whose data the asker is kept away. For the edge to log; never shown: the answer is that of an unknown id. */
  readonly restrictedFrom: string | undefined;

  constructor(code: RefusalCode, reason: string = code, more: { fields?: FieldProblem[]; extra?: Extra; restrictedFrom?: string | undefined } = {}) {
    super(`${code}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.fields = more.fields ?? [];
    this.extra = more.extra ?? {};
    this.restrictedFrom = more.restrictedFrom;
  }
}

export const notFound = (restrictedFrom?: string) => new DomainError("not_found", "not_found", { restrictedFrom });
export const invalid = (path: string, message: string) => new DomainError("invalid_input", "invalid_input", { fields: [{ path, message }] });
