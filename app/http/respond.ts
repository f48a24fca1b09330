import { problems } from "../i18n/catalogue.ts";
import type { DomainError, RefusalCode } from "../domain/errors.ts";

/** The one table from refusal to HTTP status. */
export const STATUS: Record<RefusalCode, number> = {
  invalid_input: 400,
  unauthenticated: 401,
  second_factor_required: 401,
  forbidden: 403,
  step_up_required: 403,
  password_change_required: 403,
  not_found: 404,
  conflict: 409,
  over_limit: 409,
  payment_in_progress: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  provider_unavailable: 503,
};

/** The problem document of a refusal (RFC 9457). */
export function problemFor(error: DomainError, locale = "en"): Response {
  const say = problems(locale);
  const status = STATUS[error.code];
  const { retryAfter, ...extra } = error.extra;
  const body = {
    type: "about:blank",
    title: say(error.code),
    status,
    code: error.code,
    detail: say(error.reason),
    ...(error.fields.length ? { errors: error.fields.map((field) => ({ path: field.path, message: say(field.message) })) } : {}),
    ...extra,
  };
  const headers = new Headers({ "Content-Type": "application/problem+json", "Cache-Control": "no-store" });
  if (typeof retryAfter === "number") headers.set("Retry-After", String(retryAfter));
  return new Response(JSON.stringify(body), { status, headers });
}
