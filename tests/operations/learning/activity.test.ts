import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { noteActivity } from "#app/domain/learning/note-activity.server.ts";
import { commit } from "#db/client.ts";
import { activities } from "#db/schema/learning.ts";
import { makeFamily, testContext } from "#tests/world.ts";

test("LRN-4: what one thing caused counts once, on the learner's own date", async () => {
  const ctx = testContext(Date.parse("2026-11-24T22:30:00Z"));
  const { childId, schoolId } = await makeFamily(ctx);
  const did = { studentId: childId, schoolId, subjectId: null, kind: "assignment" as const, about: "Fractions", minutes: 25, cause: "subm_1", timeZone: "Africa/Nairobi" };
  await commit(ctx.db, [noteActivity(ctx, did)]);
  await commit(ctx.db, [noteActivity(ctx, { ...did, minutes: 60 }), noteActivity(ctx, { ...did, cause: "subm_2", at: ctx.clock.now() - 3_600_000 * 2 })]);
  const rows = await ctx.db.select().from(activities).where(eq(activities.studentId, childId)).orderBy(activities.cause);
  expect(rows.map(({ cause, minutes, onDate }) => [cause, minutes, onDate])).toEqual([["subm_1", 25, "2026-11-25"], ["subm_2", 25, "2026-11-24"]]);
});
