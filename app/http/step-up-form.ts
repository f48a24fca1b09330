import type { StepUpMethod } from "../domain/actor.ts";
import type { DomainError, FieldProblem } from "../domain/errors.ts";
import { passkeyTyped } from "./passkey-form.ts";

/** What an act carries over a confirmation of identity: where its form goes, and all that was typed. */
export type PendingAct = { path: string; fields: [string, string][] };

/** All that the page which asks "is it you?" has to know. Thrown by an act, drawn by the page's error boundary. */
export type StepUpDemand = { code: "step_up_required"; act: PendingAct | null; methods: StepUpMethod[] };

/** The form of /step-up names its own fields so that they meet none of the act's. */
const PREFIX = "stepUp";
export const isStepUpField = (name: string) => name.startsWith(PREFIX);
export const STEP_UP_FIELDS = { password: "stepUpPassword", code: "stepUpCode", passkey: "stepUpPasskey", challenge: "stepUpChallenge", act: "stepUpAct", to: "stepUpTo" } as const;

export function stepUpDemand(error: DomainError, act: PendingAct | null): StepUpDemand {
  return { code: "step_up_required", act, methods: error.extra.methods as StepUpMethod[] };
}

/** What /step-up was sent: the proof for the domain to judge, and the act that waits for it. */
export async function readStepUpForm(request: Request): Promise<{ proof: Record<string, unknown>; act: PendingAct | null; to: string | null }> {
  const form = await request.formData();
  const own = (name: keyof typeof STEP_UP_FIELDS) => {
    const value = form.get(STEP_UP_FIELDS[name]);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const path = own("act");
  const fields = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string" && !isStepUpField(entry[0]));
  return { proof: proofOf(own), act: path === undefined ? null : { path, fields }, to: own("to") ?? null };
}

function proofOf(own: (name: keyof typeof STEP_UP_FIELDS) => string | undefined): Record<string, unknown> {
  const [code, passkey] = [own("code"), own("passkey")];
  if (passkey !== undefined) return { method: "passkey", ...passkeyTyped(own("challenge"), passkey) };
  return code === undefined ? { method: "password", password: own("password") } : { method: "totp", code };
}

/** The problems of the proof, at the fields of the form. */
export function atStepUpFields(fields: FieldProblem[]): FieldProblem[] {
  return fields.map(({ path, message }) => ({ path: (STEP_UP_FIELDS as Record<string, string>)[path] ?? path, message }));
}
