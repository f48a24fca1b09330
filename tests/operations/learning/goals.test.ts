import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { AppContext } from "#app/context.ts";
import type { Actor } from "#app/domain/actor.ts";
import { addStep, answerSuggestion, changeGoal, createGoal, removeGoal } from "#app/domain/learning/goals/keep-goals.server.ts";
import { readGoal, readGoals, type GoalItem } from "#app/domain/learning/goals/read-goals.server.ts";
import { isOpen } from "#app/domain/learning/goals/rules.ts";
import { noteActivity } from "#app/domain/learning/note-activity.server.ts";
import { goals as words } from "#app/i18n/en/goals.ts";
import { commit } from "#db/client.ts";
import { consents } from "#db/schema/consent.ts";
import { goals, goalSteps } from "#db/schema/daily-life.ts";
import { notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { visitor } from "#tests/visit.ts";
import { failing, LOST } from "#tests/before-commit.ts";
import { actorOf, api, makeEnrolment, makeFamily, makeTeacher, signedIn, testContext } from "#tests/world.ts";

const NOON = Date.parse("2026-11-24T09:00:00Z");
const DAY = 86_400_000;
const READ = { area: "academic" as const, title: "Read every evening", why: "", targetOn: null };

async function family(now = NOON) {
  const ctx = testContext(now);
  const home = await makeFamily(ctx);
  return { ctx, home, mother: await actorOf(ctx, home.guardianId), child: await actorOf(ctx, home.childId) };
}

async function goalsOf(ctx: AppContext, actor: Actor, childId: string) {
  const { maySet, suggestions, items } = await readGoals(ctx, actor, childId, { limit: 50 });
  return { maySet, suggestions, open: items.filter(({ status }) => isOpen(status)), over: items.filter(({ status }) => !isOpen(status)) };
}

test("LRN-6: set, stepped, paused, completed and told, taken up again, removed with its steps", async () => {
  const { ctx, home: { childId, guardianId, otherGuardianId, viewerId }, mother, child } = await family();
  const id = await createGoal(ctx, mother, childId, READ);
  await addStep(ctx, child, childId, id, { percent: 20, note: "Two evenings" });
  await addStep(ctx, mother, childId, id, { percent: 60, note: null });
  expect((await goalsOf(ctx, child, childId)).open).toMatchObject([{ percent: 60, steps: [{ percent: 20, note: "Two evenings", by: child.name }, { percent: 60, by: mother.name }] }]);
  await changeGoal(ctx, mother, childId, id, { status: "paused" });
  await changeGoal(ctx, child, childId, id, { status: "completed" });
  const { open, over } = await goalsOf(ctx, mother, childId);
  expect([open, over]).toMatchObject([[], [{ status: "completed", percent: 100, steps: [{}, {}, { percent: 100 }] }]]);
  expect((await ctx.db.select({ userId: notifications.userId }).from(notifications).where(eq(notifications.cause, `${id}.completed`))).map(({ userId }) => userId).sort()).toEqual([guardianId, otherGuardianId, viewerId].sort());
  await expect(addStep(ctx, child, childId, id, { percent: 70, note: null })).rejects.toMatchObject({ code: "conflict", reason: "goal_over" });
  await expect(changeGoal(ctx, child, childId, id, { status: "paused" })).rejects.toMatchObject({ reason: "goal_over" });
  await changeGoal(ctx, mother, childId, id, { status: "active", title: "Read every morning" });
  await removeGoal(ctx, mother, childId, id);
  expect([await ctx.db.select().from(goals).where(eq(goals.id, id)), await ctx.db.select().from(goalSteps).where(eq(goalSteps.goalId, id))]).toEqual([[], []]);
  expect(JSON.stringify(await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id)))).not.toMatch(/Read every|evenings/);
});

test("LRN-6: a goal is the child's whose it is; the school reads, and does not set", async () => {
  const { ctx, home, mother } = await family();
  const teacherId = await makeTeacher(ctx, home.schoolId);
  await makeEnrolment(ctx, { schoolId: home.schoolId, studentId: home.childId, teacherId });
  const teacher = await actorOf(ctx, teacherId);
  const id = await createGoal(ctx, mother, home.childId, READ);
  await expect(changeGoal(ctx, mother, home.siblingId, id, { title: "Other" })).rejects.toMatchObject({ code: "not_found" });
  await expect(createGoal(ctx, teacher, home.childId, READ)).rejects.toMatchObject({ code: "not_found" });
  expect(await goalsOf(ctx, teacher, home.childId)).toMatchObject({ maySet: false, suggestions: [], open: [{ id }] });
  await ctx.db.insert(consents).values({ childId: home.childId, dataType: "progress", recipient: "teachers", granted: false, setAt: 0 });
  await expect(goalsOf(ctx, teacher, home.childId)).rejects.toMatchObject({ reason: "not_shared" });
  expect(await readGoal(ctx, mother, home.childId, id)).toMatchObject({ id, title: READ.title, steps: [] });
  await expect(readGoal(ctx, mother, home.siblingId, id)).rejects.toMatchObject({ code: "not_found" });
  const repeat = { key: "k", fingerprint: "f" };
  expect(await createGoal(ctx, mother, home.childId, READ, repeat)).toBe(await createGoal(ctx, mother, home.childId, READ, repeat));
});

/** Five days in a row, long over. */
async function loseStreak() {
  const found = await family();
  const { ctx, home: { childId, schoolId } } = found;
  await commit(ctx.db, Array.from({ length: 5 }, (_, day) => noteActivity(ctx, { studentId: childId, schoolId, subjectId: null, kind: "lesson", about: "Lesson", minutes: 30, cause: `lesson_${day}`, timeZone: "Africa/Nairobi", at: NOON - (day + 4) * DAY })));
  return found;
}

test("LRN-6: a rule suggests with its evidence; taken up it is a goal that says so; dismissed it does not come back", async () => {
  const { ctx, home: { childId, otherGuardianId }, mother, child } = await loseStreak();
  const father = await actorOf(ctx, otherGuardianId);
  expect((await goalsOf(ctx, mother, childId)).suggestions).toEqual([{ rule: "streak_lost", area: "behavioural", facts: { longest: 5 } }]);
  await ctx.db.insert(consents).values({ childId, dataType: "activity", recipient: "other_guardians", granted: false, setAt: 0 });
  expect((await goalsOf(ctx, father, childId)).suggestions).toEqual([]);
  await expect(answerSuggestion(ctx, mother, childId, { key: "late_work", answer: "accept" }, words.rules)).rejects.toMatchObject({ code: "conflict", reason: "suggestion_over" });
  await answerSuggestion(ctx, mother, childId, { key: "streak_lost", answer: "accept" }, words.rules);
  const { open: [goal], suggestions } = await goalsOf(ctx, child, childId);
  expect([goal, suggestions]).toMatchObject([{ suggestedBy: "streak_lost", evidence: { longest: 5 }, status: "active", title: "Learn a little every day again" }, []]);
  expect((await goalsOf(ctx, father, childId)).open).toMatchObject([{ suggestedBy: "streak_lost", evidence: null }]);
  await removeGoal(ctx, mother, childId, goal!.id);
  expect(await goalsOf(ctx, mother, childId)).toMatchObject({ open: [], over: [], suggestions: [] });
});

test("LRN-6: dismissed by one while another takes it up, it is one of the two", async () => {
  const { ctx, home: { childId }, mother, child } = await loseStreak();
  await expect(answerSuggestion(failing(ctx), mother, childId, { key: "streak_lost", answer: "dismiss" }, words.rules)).rejects.toBe(LOST);
  const answers = await Promise.allSettled([answerSuggestion(ctx, mother, childId, { key: "streak_lost", answer: "dismiss" }, words.rules), answerSuggestion(ctx, child, childId, { key: "streak_lost", answer: "accept" }, words.rules)]);
  expect(answers.filter(({ status }) => status === "fulfilled").length).toBe(1);
  expect(answers.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict", reason: "suggestion_over" } });
  expect((await ctx.db.select().from(goals).where(eq(goals.studentId, childId))).length).toBe(1);
  expect((await goalsOf(ctx, mother, childId)).suggestions).toEqual([]);
});

test("LRN-6: the page does all of it by plain forms", async () => {
  const { ctx, home: { childId, guardianId } } = await family(Date.now());
  const page = await visitor(ctx, guardianId);
  const at = `/children/${childId}/goals`;
  expect(await (await page.open(`${at}?create`)).text()).toMatch(/Set a goal[\s\S]*Why it matters/);
  const refused = await page.post(at, { act: "create", key: "k", area: "creative", why: "For fun" });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringMatching(/Say what the goal is\.[\s\S]*For fun/)]);
  expect((await page.post(at, { act: "create", key: "k", area: "creative", title: "Paint", why: "For fun" })).headers.get("Location")).toBe(`${at}?done=created`);
  const [{ id } = { id: "" }] = await ctx.db.select({ id: goals.id }).from(goals).where(eq(goals.studentId, childId));
  expect((await page.post(at, { act: "step", key: "s", goalId: id, percent: "101" })).status).toBe(400);
  expect((await page.post(at, { act: "step", key: "s", goalId: id, percent: "30", note: "A fish" })).headers.get("Location")).toBe(`${at}?done=step`);
  expect((await page.post(at, { act: "turn:paused", goalId: id })).status).toBe(303);
  const html = await (await page.open(at)).text();
  expect(html).toMatch(/Paint[\s\S]*Paused[\s\S]*For fun[\s\S]*30%[\s\S]*A fish/);
  expect((await page.post(at, { act: "change", key: "c", goalId: id, area: "health", title: "Swim" })).status).toBe(303);
  expect((await page.post(at, { act: "remove", goalId: id })).headers.get("Location")).toBe(`${at}?done=removed`);
});

test("LRN-6: the list goes on page by page, what is open first, each once; one is asked about wherever it stands", async () => {
  const { ctx, home: { childId, guardianId }, mother } = await family(Date.now());
  const made: string[] = [];
  for (let nth = 0; nth < 17; nth++) made.push(await createGoal(ctx, mother, childId, { ...READ, title: `Goal ${nth}` }));
  for (const id of made.filter((_, nth) => nth % 3 === 0)) await changeGoal(ctx, mother, childId, id, { status: "completed" });
  for (let step = 0; step < 52; step++) await addStep(ctx, mother, childId, made[1]!, { percent: step, note: null });
  const token = await signedIn(ctx, guardianId);
  const seen: Pick<GoalItem, "id" | "status" | "steps">[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page = (await (await api("GET", `/children/${childId}/goals?limit=5${cursor && `&cursor=${cursor}`}`, { token })).json()) as { items: GoalItem[]; nextCursor: string | null };
    expect(page.items.length).toBeLessThanOrEqual(5);
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  const newestFirst = made.map((id, nth) => ({ id, over: nth % 3 === 0 })).reverse();
  expect(seen.map(({ id }) => id)).toEqual([...newestFirst.filter(({ over }) => !over), ...newestFirst.filter(({ over }) => over)].map(({ id }) => id));
  expect(seen.find(({ id }) => id === made[1])!.steps.map(({ percent }) => percent)).toEqual(Array.from({ length: 50 }, (_, nth) => nth + 2));
  expect((await api("GET", `/children/${childId}/goals?cursor=x`, { token })).status).toBe(400);

  const page = await visitor(ctx, guardianId);
  const at = `/children/${childId}/goals`;
  const first = await (await page.open(at)).text();
  expect(first).not.toContain("Goal 0<");
  const older = /href="(\?before=[^"]+)" rel="next"/.exec(first)![1]!;
  expect(await (await page.open(`${at}${older}`)).text()).toMatch(/Reached and given up[\s\S]*Goal 0</);
  expect(await (await page.open(`${at}?remove=${made[0]}`)).text()).toMatch(/Goal 0/);
});
