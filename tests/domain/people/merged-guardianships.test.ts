import { expect, test } from "vitest";
import { planMergedGuardianships, type GuardianshipFacts } from "#app/domain/people/plan-merged-guardianships.ts";

const NOW = 1000;
const facts = (id: string, guardianId: string, childId: string, more: Partial<GuardianshipFacts> = {}): GuardianshipFacts =>
  ({ id, guardianId, childId, active: 1, isPrimary: 0, approve: 0, schedule: 0, view: 1, talk: 0, endsAt: null, ...more });

test("SCH-8: who was primary guardian of the account that goes has its rights at the kept one, but not its lead where another leads there", () => {
  const [there, gone] = [facts("a", "mother", "kept"), facts("b", "mother", "gone", { isPrimary: 1, approve: 1, talk: 1 })];
  const plan = (others: GuardianshipFacts[]) => planMergedGuardianships([there, gone, ...others], "kept", "gone", NOW);
  const ended = [{ before: gone, after: { ...gone, active: 0, isPrimary: 0, endsAt: NOW } }];
  const lead = facts("c", "father", "kept", { isPrimary: 1 });
  expect(plan([lead])).toEqual({ ended, widened: [{ before: there, after: { ...there, approve: 1, talk: 1 } }], moved: [] });
  expect(plan([])).toEqual({ ended, widened: [{ before: there, after: { ...there, approve: 1, talk: 1, isPrimary: 1 } }], moved: [] });
});

test("SCH-8: a guardianship that has ended moves as it is, beside the one in force; twins with the same rights change nothing but that one ends", () => {
  const [there, twin, ended] = [facts("a", "mother", "kept"), facts("b", "mother", "gone"), facts("c", "mother", "gone", { active: 0, isPrimary: 1, endsAt: 5 })];
  expect(planMergedGuardianships([there, twin, ended], "kept", "gone", NOW)).toEqual({
    ended: [{ before: twin, after: { ...twin, active: 0, endsAt: NOW } }], widened: [], moved: [{ before: ended, after: { ...ended, childId: "kept" } }],
  });
});
