import * as z from "zod";
import { isTimeZone } from "../clock.ts";
import { Currency } from "../money.ts";
import { isGuessablePin } from "../identity/pins.ts";
import { LEVELS } from "./levels.ts";
import { PRESETS } from "./presets.ts";

/** A name goes into mails and headings: one line, and no address of a site. */
const line = (missing: string, most = 100) => z.string(missing).trim().min(1, missing).max(most, "too_long").regex(/^(?!.*:\/\/)[^\u0000-\u001f]*$/, "name_unusable");

export const Relationship = z.enum(["parent", "guardian", "stepparent", "grandparent", "other"], "relationship_missing");
export const RightsInput = z.object({ canApprovePurchases: z.boolean(), canScheduleLessons: z.boolean(), canViewProgress: z.boolean(), canTalkWithTeachers: z.boolean() }).meta({ id: "Rights" });
/** What an invited adult may do unless the inviter says more: look. */
const ONLY_LOOK = { canApprovePurchases: false, canScheduleLessons: false, canViewProgress: true, canTalkWithTeachers: false };

/** Instead of rights: fills them. */
export const PresetInput = z.enum(PRESETS, "not_a_choice");
const instant = z.iso.datetime({ offset: true, error: "wrong_form" }).transform((text) => Date.parse(text));

const family = {
  name: line("family_name_missing"),
  address: z.string().trim().max(300, "too_long").nullable(),
  timeZone: z.string("time_zone_missing").max(60, "too_long").refine(isTimeZone, "time_zone_unknown"),
  preferredProgrammes: z.array(z.string().trim().min(1).max(60, "too_long")).max(10, "too_long"),
  decisionWindowHours: z.int("window_hours").min(1, "window_hours").max(336, "window_hours"),
};

export const InvitedAdultInput = z.object({
  name: line("name_missing"),
  email: z.string("email_missing").trim().toLowerCase().max(254, "too_long").pipe(z.email("email_unusable")),
  relationship: Relationship.default("guardian"),
  rights: RightsInput.default(ONLY_LOOK),
  preset: PresetInput.optional(),
}).meta({ id: "InvitedAdult" });
export type InvitedAdultInput = z.infer<typeof InvitedAdultInput>;

/** A child: made with this username, or, if it is the caller's own child already, linked. */
export const StudentInput = z.object({
  username: z.string("username_missing").trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{2,29}$/, "username_unusable"),
  name: line("name_missing").optional(),
  level: z.enum(LEVELS, "not_a_choice").nullable().default(null),
  pin: z.string().regex(/^\d{4,8}$/, "pin_figures").refine((pin) => !isGuessablePin(pin), "pin_guessable").optional(),
}).meta({ id: "NewStudent" });
export type StudentInput = z.infer<typeof StudentInput>;

export const CreateFamilyInput = z.object({
  name: family.name,
  address: family.address.default(null),
  currency: z.string("currency_missing").pipe(Currency),
  timeZone: family.timeZone,
  preferredProgrammes: family.preferredProgrammes.default([]),
  decisionWindowHours: family.decisionWindowHours.default(72),
  students: z.array(StudentInput).max(10, "people_too_many").default([]),
  guardians: z.array(InvitedAdultInput).max(6, "adults_too_many").default([]),
}).superRefine(({ students, guardians }, issue) => {
  for (const at of repeated(students.map((student) => student.username))) issue.addIssue({ code: "custom", path: ["students", at, "username"], message: "named_twice" });
  for (const at of repeated(guardians.map((guardian) => guardian.email))) issue.addIssue({ code: "custom", path: ["guardians", at, "email"], message: "named_twice" });
}).meta({ id: "CreateFamily" });
export type CreateFamilyInput = z.infer<typeof CreateFamilyInput>;

/** The currency stays: amounts were agreed in it. */
export const ChangeFamilyInput = z.object(family).partial().meta({ id: "ChangeFamily" });
export type ChangeFamilyInput = z.infer<typeof ChangeFamilyInput>;

const repeated = (values: string[]) => values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));

const contactPriority = z.int("contact_priority").min(1, "contact_priority").max(20, "contact_priority");

/** Makes an adult of the family a guardian of the child. */
export const CreateGuardianshipInput = z.object({ childId: z.string("missing"), guardianId: z.string("missing"), relationship: Relationship, rights: RightsInput.default(ONLY_LOOK), preset: PresetInput.optional(), startsAt: instant.optional(), endsAt: instant.optional(), contactPriority: contactPriority.default(2) }).meta({ id: "CreateGuardianship" });
export type CreateGuardianshipInput = z.infer<typeof CreateGuardianshipInput>;

/** `endsAt` null: for good. The beginning can be moved only while it lies ahead. */
export const ChangeGuardianshipInput = z.object({ relationship: Relationship, rights: RightsInput, preset: PresetInput, startsAt: instant, endsAt: instant.nullable(), contactPriority }).partial().meta({ id: "ChangeGuardianship" });
export type ChangeGuardianshipInput = z.infer<typeof ChangeGuardianshipInput>;

/** Lends some of one's own rights over a child for a time, to an adult of the family. */
export const LendInput = z.object({ guardianId: z.string("missing"), rights: RightsInput, relationship: Relationship.default("other"), startsAt: instant.optional(), endsAt: instant }).meta({ id: "LendRights" });
export type LendInput = z.infer<typeof LendInput>;

/** Rights that are the inviter's own, lent for a time. */
const lend = z.object({ startsAt: instant.optional(), endsAt: instant }).meta({ id: "LendingTime" });
const offered = {
  familyId: z.string("missing"),
  childIds: z.array(z.string()).max(20, "people_too_many").optional(),
  joinsFamily: z.boolean().default(true).meta({ description: "false: guardian of the children only, like a parent who lives elsewhere" }),
  lend: lend.optional(),
};

/** Invites an adult into a family, as guardian of those of its children whose primary guardian the inviter is. */
export const InviteInput = InvitedAdultInput.extend(offered).meta({ id: "InviteToFamily" });
export type InviteInput = z.infer<typeof InviteInput>;

/** The same for whoever is told a code. */
export const PairingInput = InvitedAdultInput.omit({ name: true, email: true }).extend(offered).meta({ id: "MakePairingCode" });
export type PairingInput = z.infer<typeof PairingInput>;
