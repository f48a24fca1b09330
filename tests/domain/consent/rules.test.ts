import { expect, test } from "vitest";
import type * as z from "zod";
import { ConsentAct, consentActFrom } from "#app/domain/consent/consent-acts.ts";
import { DATA_TYPES, planCells, RECIPIENTS, type Cell, type Setting } from "#app/domain/consent/rules.ts";

const NAIROBI = consentActFrom("Africa/Nairobi");
const problems = (schema: z.ZodType, asked: unknown) => schema.safeParse(asked).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];
const set = { act: "set", childId: "user_c" };

test("CON-1: a cell, a whole recipient, a whole kind of data: the form names what it means", () => {
  const cells = (more: Record<string, string>) => (ConsentAct.parse(NAIROBI({ ...set, granted: "yes", ...more })) as { cells: Cell[] }).cells;
  expect(cells({ to: "teachers", of: "media" })).toEqual([{ dataType: "media", recipient: "teachers" }]);
  expect(cells({ to: "teachers" })).toEqual(DATA_TYPES.map((dataType) => ({ dataType, recipient: "teachers" })));
  expect(cells({ of: "media" })).toEqual(RECIPIENTS.map((recipient) => ({ dataType: "media", recipient })));
  expect(problems(ConsentAct, NAIROBI({ ...set, granted: "yes" }))).toEqual(["cells missing"]);
  expect(problems(ConsentAct, NAIROBI({ ...set, granted: "yes", to: "the world" }))).toEqual(["cells missing"]);
});

test("CON-1: a grant ends as the day begins where the person is; a blank reason is none; what is no day is refused at its field", () => {
  const asked = { ...set, granted: "no", to: "teachers", of: "media" };
  expect(ConsentAct.parse(NAIROBI({ ...asked, reason: "  " }))).toMatchObject({ granted: false, until: null, reason: null });
  expect(ConsentAct.parse(NAIROBI({ ...asked, reason: " School play " }))).toMatchObject({ reason: "School play" });
  expect(ConsentAct.parse(NAIROBI({ ...asked, granted: "yes", until: "2026-12-24" }))).toMatchObject({ granted: true, until: Date.parse("2026-12-24T00:00:00+03:00") });
  for (const until of ["Christmas", "2026-13-45"]) expect(problems(ConsentAct, NAIROBI({ ...asked, until }))).toEqual(["until until_unusable"]);
});

test("CON-5: an answer to a proposal names the proposal and nothing else", () => {
  expect(ConsentAct.parse(NAIROBI({ act: "agreed", proposalId: "cpr_1" }))).toEqual({ act: "agreed", proposalId: "cpr_1" });
  expect(problems(ConsentAct, NAIROBI({ act: "declined" }))).toEqual(["proposalId missing"]);
});

const MOOD: Cell = { dataType: "mood", recipient: "teachers" };
const MEDIA: Cell = { dataType: "media", recipient: "teachers" };
const NOW = 1000;
const outcome = (cell: Cell, until: number | null, set: Setting[], more: { alone?: boolean; proposed?: Cell[]; granted?: boolean } = {}) =>
  planCells([cell], { granted: more.granted ?? true, until }, { settings: set, proposed: more.proposed ?? [], alone: more.alone ?? false, now: NOW })[0]!.outcome;
const open = (until: number | null): Setting[] => [{ ...MOOD, granted: true, until }];

test.each<[string, number | null, Setting[], string]>([
  ["what is closed is opened", null, [], "proposed"],
  ["what ran out is opened again", null, open(NOW), "proposed"],
  ["what is open is made to last longer", 3000, open(2000), "proposed"],
  ["an end is taken away", null, open(2000), "proposed"],
  ["what is open is shortened", 1500, open(2000), "done"],
  ["what is open for good is given an end", 1500, open(null), "done"],
  ["what is open stays as it is", 2000, open(2000), "already"],
])("CON-5: where two guardians must agree and %s, until %s: %s becomes %s", (_, until, settings, expected) => {
  expect(outcome(MOOD, until, settings)).toBe(expected);
});

test("CON-5: one guardian alone, and a cell that takes but one, is done at once; what was proposed waits, and is taken back by closing", () => {
  expect([outcome(MOOD, null, [], { alone: true }), outcome(MEDIA, null, [])]).toEqual(["done", "done"]);
  expect([outcome(MOOD, null, [], { proposed: [MOOD] }), outcome(MOOD, null, [], { proposed: [MOOD], granted: false }), outcome(MOOD, null, [], { granted: false })]).toEqual(["waiting", "done", "already"]);
});
