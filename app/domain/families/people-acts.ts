import * as z from "zod";
import { ChangeGuardianshipInput, CreateGuardianshipInput, InviteInput, LendInput, PairingInput } from "./inputs.ts";
import { PRESETS, RIGHT_NAMES } from "./presets.ts";

const id = z.string("missing").max(60, "too_long");

/** What the forms of /family/people ask for. */
export const PeopleAct = z.discriminatedUnion("act", [
  CreateGuardianshipInput.extend({ act: z.literal("make-guardian") }),
  z.object({ act: z.literal("cancel"), invitationId: id }),
  z.object({ act: z.literal("resend"), invitationId: id }),
]);

/** Of /family/people/invite: a mail, or a code to be told. */
export const InviteAct = z.discriminatedUnion("act", [InviteInput.extend({ act: z.literal("invite") }), PairingInput.extend({ act: z.literal("code") })]);

/** Of /family/people/{guardianship}. */
export const GuardianshipAct = z.discriminatedUnion("act", [
  ChangeGuardianshipInput.extend({ act: z.literal("change") }),
  z.object({ act: z.literal("end") }),
  z.object({ act: z.literal("make-primary") }),
  LendInput.extend({ act: z.literal("lend") }),
]);

type Typed = Record<string, string>;

/** Which children a form names, by its boxes. */
const ticked = (typed: Typed, prefix: string) => Object.keys(typed).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));

/** A preset that was chosen fills the rights; "own" takes the boxes. */
function granted({ preset, ...typed }: Typed): Record<string, unknown> {
  if (preset !== undefined && (PRESETS as readonly string[]).includes(preset)) return { ...typed, preset };
  return { ...typed, ...(preset === undefined ? {} : { rights: rightsFrom(typed) }) };
}
const rightsFrom = (typed: Typed) => Object.fromEntries(RIGHT_NAMES.map((right) => [right, typed[right] === "yes"]));

export const peopleActFrom = (typed: Typed): unknown => granted(typed);

/** With an end, the rights are lent and not given. */
export function inviteActFrom({ startsAt, endsAt, ...typed }: Typed): unknown {
  return { ...granted(typed), childIds: ticked(typed, "child."), joinsFamily: typed.joinsFamily === "yes", ...(endsAt === undefined ? {} : { lend: { endsAt, ...(startsAt === undefined ? {} : { startsAt }) } }) };
}

/** An end that was cleared is none; the date field stands only where there may be one. */
export function guardianshipActFrom({ contactPriority, dated, ...typed }: Typed): unknown {
  if (typed.act === "lend") return { ...typed, rights: rightsFrom(typed) };
  if (typed.act !== "change") return typed;
  return { ...granted(typed), ...(contactPriority === undefined ? {} : { contactPriority: Number(contactPriority) }), ...(dated === "yes" && typed.endsAt === undefined ? { endsAt: null } : {}) };
}
