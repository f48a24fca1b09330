import type * as z from "zod";
import type { FieldProblem } from "../domain/errors.ts";

/** Zod's own findings as keys of the catalogue's `problems`; schemas name the key themselves where they know better. */
const KEYS: Record<string, string> = { invalid_type: "wrong_kind", unrecognized_keys: "unknown_field", invalid_value: "not_a_choice", invalid_format: "wrong_form", too_big: "too_long", too_small: "too_short" };

export function issuesOf(error: z.ZodError): FieldProblem[] {
  return error.issues.map((issue) => {
    const named = /^[a-z][a-z0-9_]*$/.test(issue.message) ? issue.message : null;
    const missing = issue.code === "invalid_type" && issue.input === undefined;
    return { path: issue.path.join("."), message: named ?? (missing ? "missing" : KEYS[issue.code] ?? "invalid") };
  });
}
