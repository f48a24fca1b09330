import { data } from "@remix-run/cloudflare";
import type * as z from "zod";
import { DomainError, type FieldProblem } from "../domain/errors.ts";
import { issuesOf } from "./issues.ts";
import { STATUS } from "./respond.ts";
import { isStepUpField, stepUpDemand } from "./step-up-form.ts";

/** A form that was refused: why, at which fields, and everything that was typed. Keys of the catalogue's `problems`. */
export type Refusal = { reason: string; fields: FieldProblem[]; values: Record<string, string>; extra: Record<string, unknown> };

/** Never given back to the page. */
const SECRET = /password|pin|code|secret|^token$/i;

export type Typed = Record<string, string>;

/** Files that were chosen; a field without one is left out, and of a field with several the others are `files.1`, `files.2`. */
export type Uploads = Record<string, File>;

/** The form's text fields. An empty field is one not filled in: it is left out, and so is what /step-up added to carry the form here. */
export async function readForm(request: Request): Promise<Typed> {
  return textOf(await request.formData());
}

function textOf(form: FormData): Typed {
  const typed: Typed = {};
  for (const [name, value] of form) if (typeof value === "string" && value.trim() !== "" && !isStepUpField(name)) typed[name] = value;
  return typed;
}

function filesOf(form: FormData): Uploads {
  const files: Uploads = {};
  for (const name of new Set(form.keys())) {
    const chosen = form.getAll(name).filter((value): value is File => typeof value !== "string" && value.size > 0);
    chosen.forEach((file, at) => void (files[at === 0 ? name : `${name}.${at}`] = file));
  }
  return files;
}

/**
 * One form, one act: parse what was typed, act, answer. A refusal that the person can mend comes back to the page with all they
 * typed; a missing confirmation of identity carries the form to /step-up and on; the rest is an error page.
 */
export async function submit<S extends z.ZodType, R>(request: Request, schema: S, act: (input: z.output<S>, typed: Typed, files: Uploads) => Promise<R>, prepare: (typed: Typed) => unknown = (typed) => typed) {
  const form = await request.formData();
  const typed = textOf(form);
  const refuse = (error: DomainError) => {
    const values = Object.fromEntries(Object.entries(typed).filter(([name]) => !SECRET.test(name)));
    return data({ refusal: { reason: error.reason, fields: error.fields, values, extra: error.extra } satisfies Refusal }, STATUS[error.code]);
  };
  try {
    const result = schema.safeParse(prepare(typed));
    // Of one field, one thing at a time.
    if (!result.success) return refuse(new DomainError("invalid_input", "invalid_input", { fields: issuesOf(result.error).filter(({ path }, at, all) => all.findIndex((one) => one.path === path) === at) }));
    return await act(result.data, typed, filesOf(form));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "step_up_required") {
      const { pathname, search } = new URL(request.url);
      throw data(stepUpDemand(error, { path: pathname + search, fields: Object.entries(typed) }), STATUS[error.code]);
    }
    if (error.code === "not_found" || error.code === "forbidden") throw pageError(error);
    return refuse(error);
  }
}

/** A refusal as a whole page: thrown by loaders and actions, drawn by the page's error boundary. */
export function pageError(error: DomainError) {
  return data({ code: error.code, reason: error.reason }, STATUS[error.code]);
}

/** Runs a read; turns the domain's refusals into error pages. */
export async function read<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    if (error instanceof DomainError) throw pageError(error);
    throw error;
  }
}
