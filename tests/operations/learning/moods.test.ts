import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { changeMood, recordMood } from "#app/domain/learning/moods/record-mood.server.ts";
import { readMoods } from "#app/domain/learning/moods/read-moods.server.ts";
import { consents } from "#db/schema/consent.ts";
import { moods } from "#db/schema/daily-life.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { visitor } from "#tests/visit.ts";
import { actorOf, makeEnrolment, makeFamily, makeTeacher, testContext } from "#tests/world.ts";

/** Half past one in the night of 25 November in Nairobi, still the 24th in UTC. */
const NIGHT = Date.parse("2026-11-24T22:30:00Z");
const HOUR = 3_600_000;

test("LRN-7: one a day each, by the child's own day; saying it again replaces one's own word", async () => {
  const ctx = testContext(NIGHT);
  const { childId: studentId, guardianId, otherGuardianId } = await makeFamily(ctx);
  const [mother, child, father] = [await actorOf(ctx, guardianId), await actorOf(ctx, studentId), await actorOf(ctx, otherGuardianId)];
  const first = await recordMood(ctx, mother, { studentId, mood: "tired", energy: 2, note: null });
  expect(first).toMatchObject({ onDate: "2026-11-25", note: null, recorder: mother.name });
  expect(await recordMood(ctx, mother, { studentId, mood: "calm", energy: 3, note: "Better" })).toMatchObject({ id: first.id, mood: "calm", note: "Better" });
  await recordMood(ctx, child, { studentId, mood: "happy", energy: 5, note: null });
  const { entries, energy, own, trend } = await readMoods(ctx, father, studentId, {});
  expect(entries.map(({ mood, recordedBy, mayChange }) => [mood, recordedBy, mayChange])).toEqual([["calm", guardianId, false], ["happy", studentId, false]]);
  expect([energy, own, trend]).toEqual([[{ date: "2026-11-25", energy: 4 }], null, "unknown"]);
  expect((await readMoods(ctx, mother, studentId, {})).own).toMatchObject({ mood: "calm" });
  expect((await readMoods(ctx, mother, studentId, { from: "2026-11-01", to: "2026-11-24" })).entries).toEqual([]);
  expect(JSON.stringify(await ctx.db.select().from(auditEvents).where(eq(auditEvents.childId, studentId)))).not.toMatch(/Better|calm|happy/);
});

test("LRN-7: only the one who said it changes it, and only on the same day; a stranger finds nothing", async () => {
  const ctx = testContext(NIGHT);
  const { childId: studentId, guardianId, otherGuardianId } = await makeFamily(ctx);
  const stranger = await actorOf(ctx, (await makeFamily(ctx)).guardianId);
  const [mother, father] = [await actorOf(ctx, guardianId), await actorOf(ctx, otherGuardianId)];
  const { id } = await recordMood(ctx, mother, { studentId, mood: "sad", energy: 1, note: "Bus" });
  expect(await changeMood(ctx, mother, id, { note: null, energy: 2 })).toMatchObject({ mood: "sad", energy: 2, note: null });
  const logged = async () => (await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).length;
  const before = await logged();
  expect([await changeMood(ctx, mother, id, {}), await logged()]).toMatchObject([{ id, mood: "sad", energy: 2 }, before]);
  await expect(changeMood(ctx, father, id, { energy: 5 })).rejects.toMatchObject({ code: "forbidden", reason: "mood_not_yours" });
  await expect(changeMood(ctx, stranger, id, { energy: 5 })).rejects.toMatchObject({ code: "not_found" });
  await expect(recordMood(ctx, stranger, { studentId, mood: "sad", energy: 1, note: null })).rejects.toMatchObject({ code: "not_found" });
  ctx.setNow(NIGHT + 22 * HOUR);
  await expect(changeMood(ctx, mother, id, { energy: 3 })).resolves.toMatchObject({ energy: 3 });
  ctx.setNow(NIGHT + 23 * HOUR);
  await expect(changeMood(ctx, mother, id, { energy: 5 })).rejects.toMatchObject({ code: "conflict", reason: "mood_day_over" });
  expect(await ctx.db.select({ energy: moods.energy }).from(moods).where(eq(moods.id, id))).toEqual([{ energy: 3 }]);
});

test("LRN-7: nobody at school reads it unless the family opens it", async () => {
  const ctx = testContext(NIGHT);
  const { childId: studentId, schoolId, adminId } = await makeFamily(ctx);
  const teacherId = await makeTeacher(ctx, schoolId);
  await makeEnrolment(ctx, { schoolId, studentId, teacherId });
  for (const userId of [teacherId, adminId]) await expect(readMoods(ctx, await actorOf(ctx, userId), studentId, {})).rejects.toMatchObject({ code: "forbidden", reason: "not_shared" });
  await ctx.db.insert(consents).values({ childId: studentId, dataType: "mood", recipient: "teachers", granted: true, setAt: 0 });
  await expect(readMoods(ctx, await actorOf(ctx, teacherId), studentId, {})).resolves.toMatchObject({ mayRecord: false });
});

test("LRN-7: the page says it by a plain form, keeps what was typed, and shows it again", async () => {
  const ctx = testContext(Date.now());
  const { childId, guardianId } = await makeFamily(ctx);
  const page = await visitor(ctx, guardianId);
  const at = `/children/${childId}/mood`;
  const refused = await page.post(at, { energy: "4", note: "Played outside" });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringMatching(/Choose a mood\.[\s\S]*Played outside/)]);
  const said = await page.post(at, { mood: "happy", energy: "4", note: "Played outside" });
  expect([said.status, said.headers.get("Location")]).toEqual([303, `${at}?done`]);
  expect(await (await page.open(`${at}?done`)).text()).toMatch(/Kept\.[\s\S]*You said today: 😊 Happy, energy 4 of 5[\s\S]*Played outside/);
});
