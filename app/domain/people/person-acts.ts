import * as z from "zod";
import { RoleInput } from "../schools/school-inputs.ts";
import { ChangePersonInput, type Way } from "./inputs.ts";
import { ticked } from "./new-person-form.ts";

const at = { schoolId: z.string("missing").max(60, "too_long") };

/** What the forms of /admin/people/{id} ask for. */
export const PersonAct = z.discriminatedUnion("act", [
  ChangePersonInput.extend({ act: z.literal("change"), ...at }),
  z.object({ act: z.literal("add-role"), role: RoleInput, ...at }),
  z.object({ act: z.literal("remove-role"), role: RoleInput, ...at }),
  z.object({ act: z.enum(["credential", "link"]), ...at }).transform(({ act, schoolId }) => ({ act: "reset" as const, way: act satisfies z.infer<typeof Way>, schoolId })),
  z.object({ act: z.enum(["deactivate", "reactivate"]), ...at }),
]);

/** An emptied field of the form is no value any more; what the form did not have stays. */
export function personActFrom({ fields, ...typed }: Record<string, string>): unknown {
  if (typed.act !== "change") return typed;
  const shown = fields?.split(" ") ?? [];
  return { ...typed, ...Object.fromEntries(shown.map((field) => [field, field === "subjectIds" ? ticked(typed, "subject") : field === "name" ? (typed.name ?? "") : (typed[field] ?? null)])) };
}
