import { useActionData } from "@remix-run/react";
import type { Refusal } from "./forms.ts";

/** What the page's own action refused, if it did. */
export function useRefusal(): Refusal | undefined {
  return useActionData<{ refusal?: Refusal }>()?.refusal;
}
