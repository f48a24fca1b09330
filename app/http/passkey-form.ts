import type { Typed } from "./forms.ts";

/** What the script put into the hidden fields, for the schema to judge. */
export function passkeyTyped(challengeId: string | undefined, credential: string | undefined): { challengeId: string | undefined; credential: unknown } {
  try {
    return { challengeId, credential: credential === undefined ? undefined : (JSON.parse(credential) as unknown) };
  } catch {
    return { challengeId, credential: undefined };
  }
}

export const passkeyFrom = (typed: Typed) => passkeyTyped(typed.challengeId, typed.credential);
