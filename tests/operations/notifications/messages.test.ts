import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { conversations } from "#db/schema/conversations.ts";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { mailboxMessages, notifications } from "#db/schema/notifications.ts";
import { jobs } from "#db/schema/operation.ts";
import { localOf } from "#app/domain/lessons/local-time.ts";
import { gatherDueDigests } from "#app/domain/notifications/digest.server.ts";
import { setPreferences } from "#app/domain/notifications/set-preferences.server.ts";
import { IN_TIME } from "#tests/patience.ts";
import { nudgesTo, pushEndpoint } from "#tests/vendors/client.ts";
import { actorOf, api, makeEnrolment, makeFamily, makeTeacher, runJobs, signedIn, testContext, unique, type Family } from "#tests/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const READING_TIME = 20_000;
/** Rooms go by the real clock; what they tell is delivered when the test says so, before their own bells ring. */
const ctx = testContext(Date.now());
let family: Family;
let teacherId: string;
let browser: string;

beforeAll(async () => {
  family = await makeFamily(ctx);
  teacherId = await makeTeacher(ctx, family.schoolId);
  await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId });
  browser = unique("browser");
  await api("POST", "/push-subscriptions", { token: await signedIn(ctx, family.guardianId), body: { endpoint: pushEndpoint(browser) } });
});

/** A room of the child's guardians and its teacher. */
async function makeRoom(): Promise<string> {
  const id = ctx.ids.make("conv");
  await ctx.db.update(conversations).set({ staffId: null }).where(and(eq(conversations.kind, "guardian_teacher"), eq(conversations.childId, family.childId)));
  await ctx.db.insert(conversations).values({ id, kind: "guardian_teacher", schoolId: family.schoolId, childId: family.childId, staffId: teacherId, createdAt: ctx.clock.now() });
  return id;
}
/** What is due once whoever has the room open has had time to read. */
async function deliver() {
  ctx.setNow(Date.now() + READING_TIME);
  await runJobs(ctx);
}
const say = (room: string, text: string, more: { senderId?: string; silent?: boolean } = {}) =>
  ctx.rooms.send(room, { senderId: more.senderId ?? teacherId, senderName: "Mr Otieno", clientId: unique("client-id"), text, at: Date.now(), silent: more.silent ?? false, files: [] });
const summarised = (room: string, lastSeq: number) => vi.waitFor(async () => expect((await ctx.db.select().from(conversations).where(eq(conversations.id, room)))[0]!.lastSeq).toBe(lastSeq), IN_TIME);
const news = async (room: string, userId: string) => (await ctx.db.select().from(notifications).where(and(eq(notifications.userId, userId), eq(notifications.path, `/messages/${room}`))).orderBy(notifications.id));
const mailsTo = async (userId: string) => {
  const [{ email } = { email: "" }] = await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId));
  return ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email!));
};
/** Quiet hours round now, or round the other half of the day; the digest at a time outside them. */
async function keepQuiet(userId: string, now: boolean) {
  const hour = (hours: number) => localOf(Date.now() + hours * HOUR, "Africa/Nairobi").slice(11, 13);
  const quiet = now ? { from: `${hour(-2)}:00`, until: `${hour(3)}:00` } : { from: `${hour(8)}:00`, until: `${hour(12)}:00` };
  await setPreferences(ctx, await actorOf(ctx, userId), { quiet, digest: { hour: Number(hour(5)), weekday: null }, weeklyBudget: null, choices: [] });
}

test("NOT-2, NOT-3, CHT-8: a teacher's message outside a guardian's quiet hours arrives by push, with nothing of it in the push", async () => {
  await deliver();
  const room = await makeRoom();
  await keepQuiet(family.guardianId, false);
  const before = (await nudgesTo(browser)).length;
  await say(room, "Amina did well today");
  await summarised(room, 1);
  await deliver();
  expect((await nudgesTo(browser)).length).toBe(before + 1);
  expect(JSON.stringify(await nudgesTo(browser))).not.toMatch(/Amina|Otieno/);
  const [note] = await news(room, family.guardianId);
  expect(note).toMatchObject({ type: "message.received", childId: family.childId, readAt: null });
  expect(JSON.stringify(note!.facts)).not.toContain("did well");
});

test("NOT-2, NOT-3, CHT-8: inside them it is in the next digest, once, and rings nowhere", async () => {
  await deliver();
  const room = await makeRoom();
  await keepQuiet(family.guardianId, true);
  const [before, mails] = [(await nudgesTo(browser)).length, (await mailsTo(family.guardianId)).length];
  await say(room, "Bring the blue book");
  await say(room, "And the red one");
  await summarised(room, 2);
  await deliver();
  expect([(await nudgesTo(browser)).length, (await mailsTo(family.guardianId)).length]).toEqual([before, mails]);
  for (const later of [DAY, DAY + HOUR]) {
    ctx.setNow(Date.now() + later);
    await gatherDueDigests(ctx);
    await runJobs(ctx);
  }
  const digests = (await mailsTo(family.guardianId)).slice(mails);
  expect(digests).toHaveLength(1);
  expect(digests[0]!.body.split(`/messages/${room}`)).toHaveLength(2);
  expect(digests[0]!.body).toContain("Mr Otieno wrote to you about Child");
  expect(digests[0]!.body).not.toMatch(/blue|red one/);
  expect((await nudgesTo(browser)).length).toBe(before);
});

test("CHT-8: however much is said there is one notification until one reads; then there may be another, and reading takes it away", async () => {
  await deliver();
  const room = await makeRoom();
  for (const text of ["One", "Two", "Three"]) await say(room, text);
  await summarised(room, 3);
  expect(await news(room, family.guardianId)).toHaveLength(1);
  expect(await news(room, family.otherGuardianId)).toHaveLength(1);
  expect([await news(room, teacherId), await news(room, family.viewerId), await news(room, family.childId)]).toEqual([[], [], []]);
  await ctx.rooms.read(room, { userId: family.guardianId, seq: 3, at: Date.now(), readsFrom: 0 });
  await vi.waitFor(async () => expect((await news(room, family.guardianId))[0]!.readAt).not.toBeNull(), IN_TIME);
  expect((await news(room, family.otherGuardianId))[0]!.readAt).toBeNull();
  await say(room, "Four");
  await summarised(room, 4);
  expect((await news(room, family.guardianId)).map(({ readAt }) => readAt === null)).toEqual([false, true]);
  expect(await news(room, family.otherGuardianId)).toHaveLength(1);
});

test("CHT-8: a silent message tells nobody, and whoever reads at once is not sent what they see", async () => {
  await deliver();
  const room = await makeRoom();
  await say(room, "No need to hurry", { silent: true });
  await summarised(room, 1);
  expect(await news(room, family.guardianId)).toEqual([]);
  await keepQuiet(family.guardianId, false);
  const before = (await nudgesTo(browser)).length;
  await say(room, "This one is loud");
  await summarised(room, 2);
  const [note] = await news(room, family.guardianId);
  const [job] = (await ctx.db.select().from(jobs).where(eq(jobs.kind, "deliver-notification"))).filter(({ payload }) => (payload as { notificationId: string }).notificationId === note!.id);
  expect(job!.availableAt - note!.createdAt).toBe(READING_TIME);
  await ctx.rooms.read(room, { userId: family.guardianId, seq: 2, at: Date.now(), readsFrom: 0 });
  await vi.waitFor(async () => expect((await news(room, family.guardianId))[0]!.readAt).not.toBeNull(), IN_TIME);
  await deliver();
  expect((await nudgesTo(browser)).length).toBe(before);
});

test("NOT-3: a guardian who lost the right between message and delivery gets nothing", async () => {
  await deliver();
  const room = await makeRoom();
  await keepQuiet(family.guardianId, false);
  const before = (await nudgesTo(browser)).length;
  await say(room, "Only for those who may");
  await summarised(room, 1);
  const held = and(eq(guardianships.guardianId, family.guardianId), eq(guardianships.childId, family.childId));
  await ctx.db.update(guardianships).set({ active: false }).where(held);
  await deliver();
  expect((await nudgesTo(browser)).length).toBe(before);
  await ctx.db.update(guardianships).set({ active: true }).where(held);
});
