import * as z from "zod";
import { EVERYTHING, RIGHTS } from "./family-form.ts";
import { ChangeGuardianshipInput, CreateGuardianshipInput, InviteInput } from "./inputs.ts";

const id = z.string("missing").max(60, "too_long");

/** What the forms of /family/people ask for. */
export const PeopleAct = z.discriminatedUnion("act", [
  z.object({ act: z.literal("change"), guardianshipId: id, ...ChangeGuardianshipInput.required().shape }),
  z.object({ act: z.literal("end"), guardianshipId: id }),
  z.object({ act: z.literal("make-primary"), guardianshipId: id }),
  CreateGuardianshipInput.extend({ act: z.literal("make-guardian") }),
  InviteInput.extend({ act: z.literal("invite") }),
  z.object({ act: z.literal("cancel"), invitationId: id }),
]);

/** Ticked boxes are rights; a priority is a number; an invited adult may all or look. */
export function peopleActFrom({ may, contactPriority, ...typed }: Record<string, string>): unknown {
  const rights = Object.fromEntries(RIGHTS.map((right) => [right, typed[right] === "yes"]));
  if (typed.act === "change") return { ...typed, rights, contactPriority: Number(contactPriority) };
  if (typed.act === "invite" || typed.act === "make-guardian") return { ...typed, ...(may === "all" ? { rights: EVERYTHING } : {}) };
  return typed;
}
