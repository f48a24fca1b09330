import { expect, test } from "vitest";
import type * as z from "zod";
import { FamilyAct, familyActFrom } from "#app/domain/families/family-acts.ts";
import { familyFrom, rowsOf } from "#app/domain/families/family-form.ts";
import { CreateFamilyInput } from "#app/domain/families/inputs.ts";
import { GuardianshipAct, guardianshipActFrom, InviteAct, inviteActFrom, PeopleAct, peopleActFrom } from "#app/domain/families/people-acts.ts";
import { FAR_AHEAD, requireDates } from "#app/domain/families/rules.ts";

const problems = (schema: z.ZodType, asked: unknown) => schema.safeParse(asked).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];
const ALL = { canApprovePurchases: true, canScheduleLessons: true, canViewProgress: true, canTalkWithTeachers: true };
const VIEW = { canApprovePurchases: false, canScheduleLessons: false, canViewProgress: true, canTalkWithTeachers: false };

test("FAM-2: the form that changes a family: a cleared address is none, hours are a number, and what is left out stays", () => {
  const change = { act: "change", familyId: "fam_1", name: "Otieno" };
  expect(FamilyAct.parse(familyActFrom(change))).toEqual({ ...change, address: null });
  expect(FamilyAct.parse(familyActFrom({ ...change, address: " Kilifi Road 4 ", decisionWindowHours: "48" }))).toEqual({ ...change, address: "Kilifi Road 4", decisionWindowHours: 48 });
  expect(problems(FamilyAct, familyActFrom({ act: "change", familyId: "fam_1", decisionWindowHours: "two days" }))).toEqual(["name family_name_missing", "decisionWindowHours window_hours"]);
  expect(familyActFrom({ act: "delete", familyId: "fam_1" })).toEqual({ act: "delete", familyId: "fam_1" });
});

test("FAM-1: the form of a new family: filled rows move together, hours are a number, and an adult gets all rights or those at first", () => {
  const typed: Record<string, string> = {
    name: "Otieno", currency: " kes ", timeZone: " Africa/Nairobi ", decisionWindowHours: "24",
    "students.0.level": "grade-3", "students.1.username": "zawadi", "students.1.name": "Zawadi",
    "guardians.0.name": "Baba", "guardians.0.email": "baba@example.test", "guardians.0.may": "all", "guardians.2.name": "Nana", "guardians.2.email": "nana@example.test", "guardians.2.may": "view",
  };
  const family = CreateFamilyInput.parse(familyFrom(typed));
  expect(family).toMatchObject({ name: "Otieno", currency: "KES", timeZone: "Africa/Nairobi", decisionWindowHours: 24, students: [{ username: "zawadi", level: null }] });
  expect(family.guardians.map(({ name, rights }) => [name, rights])).toEqual([["Baba", ALL], ["Nana", VIEW]]);
  expect(typed["students.0.username"]).toBe("zawadi");
  expect(CreateFamilyInput.parse(familyFrom({ name: "Otieno", currency: "KES", timeZone: "Africa/Nairobi" }))).toMatchObject({ decisionWindowHours: 72, students: [], guardians: [] });
  expect(problems(CreateFamilyInput, familyFrom({ name: "Otieno", decisionWindowHours: "0" }))).toEqual(["currency currency_missing", "timeZone time_zone_missing", "decisionWindowHours window_hours"]);
});

test.each([
  [{}, { students: 2, guardians: 1 }],
  [{ "rows.students": "4", add: "students" }, { students: 5, guardians: 1 }],
  [{ "rows.students": "10", add: "students", "rows.guardians": "99" }, { students: 10, guardians: 6 }],
  [{ "rows.students": "-3", "rows.guardians": "many" }, { students: 1, guardians: 1 }],
])("FAM-1: of %j a new family's form has %j rows", (typed, rows) => {
  expect(rowsOf(typed as Record<string, string>)).toEqual(rows);
});

const guardian = { act: "make-guardian", childId: "user_c", guardianId: "user_g", relationship: "parent" };
test.each<[string, Record<string, string>, object]>([
  ["a preset", { preset: "payer" }, { preset: "payer" }],
  ["ticked rights", { preset: "own", canViewProgress: "yes" }, { rights: VIEW }],
  ["nothing", {}, { rights: VIEW, contactPriority: 2 }],
])("FAM-6, FAM-7: a guardian is made with %s", (_, typed, expected) => {
  expect(PeopleAct.parse(peopleActFrom({ ...guardian, ...typed }))).toMatchObject(expected);
});

const offer = { act: "code", familyId: "fam_1", relationship: "other", preset: "viewer" };
test("FAM-7, FAM-8: an offer names the children that are ticked; with an end the rights are lent, from a beginning or from now on", () => {
  expect(InviteAct.parse(inviteActFrom({ ...offer, joinsFamily: "yes", "child.user_a": "yes", "child.user_b": "yes" }))).toEqual({ act: "code", familyId: "fam_1", relationship: "other", preset: "viewer", rights: VIEW, childIds: ["user_a", "user_b"], joinsFamily: true });
  const [from, until] = ["2026-12-01T00:00:00Z", "2026-12-08T00:00:00Z"];
  expect(InviteAct.parse(inviteActFrom({ ...offer, endsAt: until }))).toMatchObject({ joinsFamily: false, childIds: [], lend: { endsAt: Date.parse(until) } });
  expect(InviteAct.parse(inviteActFrom({ ...offer, startsAt: from, endsAt: until }))).toMatchObject({ lend: { startsAt: Date.parse(from), endsAt: Date.parse(until) } });
  expect(InviteAct.parse(inviteActFrom({ ...offer, startsAt: from }))).not.toHaveProperty("lend");
  expect(problems(InviteAct, inviteActFrom({ ...offer, act: "invite", endsAt: "soon" }))).toEqual(["name name_missing", "email email_missing", "lend.endsAt wrong_form"]);
});

test.each<[string, Record<string, string>, unknown]>([
  ["lending takes the boxes", { act: "lend", guardianId: "user_g", canViewProgress: "yes", endsAt: "2026-12-08T00:00:00Z" }, { act: "lend", guardianId: "user_g", relationship: "other", rights: VIEW, endsAt: Date.parse("2026-12-08T00:00:00Z") }],
  ["an end that was cleared is none", { act: "change", dated: "yes" }, { act: "change", endsAt: null }],
  ["an end that stands is kept", { act: "change", dated: "yes", endsAt: "2026-12-08T00:00:00Z" }, { act: "change", endsAt: Date.parse("2026-12-08T00:00:00Z") }],
  ["without the field of dates none is changed", { act: "change", contactPriority: "3", preset: "full" }, { act: "change", contactPriority: 3, preset: "full" }],
  ["an end needs nothing else", { act: "end" }, { act: "end" }],
])("FAM-6, FAM-7: of a guardianship's form %s", (_, typed, expected) => {
  expect(GuardianshipAct.parse(guardianshipActFrom(typed))).toEqual(expected);
});

test("FAM-6: a contact priority that is no number is refused at its field", () => {
  expect(problems(GuardianshipAct, guardianshipActFrom({ act: "change", contactPriority: "first" }))).toEqual(["contactPriority contact_priority"]);
});

test("FAM-7: rights begin within a year and a day, and end after they began and after now", () => {
  const now = Date.parse("2026-11-24T09:00:00Z");
  const at = (startsAt: number, endsAt: number | null) => () => requireDates({ startsAt, endsAt }, now);
  expect(at(now + FAR_AHEAD, null)).not.toThrow();
  expect(at(now + FAR_AHEAD + 1, null)).toThrow(expect.objectContaining({ fields: [{ path: "startsAt", message: "date_too_far" }] }));
  expect(at(now + 5, now + 5)).toThrow(expect.objectContaining({ fields: [{ path: "endsAt", message: "ends_too_soon" }] }));
  expect(at(now - 5, now)).toThrow(expect.objectContaining({ fields: [{ path: "endsAt", message: "ends_too_soon" }] }));
});
