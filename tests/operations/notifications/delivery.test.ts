import { env as workerEnv } from "cloudflare:workers";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { commit } from "#db/client.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { deliveries, mailboxMessages, notifications, pushSubscriptions } from "#db/schema/notifications.ts";
import { deliverNotification } from "#app/domain/notifications/deliver-notification.server.ts";
import { stillConcerning } from "#app/domain/notifications/concerns.server.ts";
import { gatherDueDigests, sendDigest } from "#app/domain/notifications/digest.server.ts";
import { notify } from "#app/domain/notifications/notify.server.ts";
import type { NotificationPreferencesInput } from "#app/domain/notifications/preference-inputs.ts";
import { setPreferences } from "#app/domain/notifications/set-preferences.server.ts";
import { parseEnv } from "#worker/env.ts";
import { mailerFor } from "#worker/providers/mail/mailer.ts";
import { actorOf, makeFamily, makeUser, NOON, runJobs, testContext, unique, type TestContext } from "#tests/world.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = 24 * HOUR;
const money = { child: "Amina", plan: "Ten hours", amount: 150_000, currency: "KES" };

const tell = async (ctx: TestContext, userId: string, more: { severity?: "info" | "attention" | "urgent"; childId?: string; cause?: string } = {}) =>
  commit(ctx.db, notify(ctx, [userId], { type: "purchase.asked", facts: money, path: "/approvals/preq_1", cause: unique("cause"), ...more }).writes);
const choose = async (ctx: TestContext, userId: string, chosen: Partial<NotificationPreferencesInput>) =>
  setPreferences(ctx, await actorOf(ctx, userId), { quiet: null, digest: { hour: 7, weekday: null }, weeklyBudget: null, choices: [], ...chosen });
const log = async (ctx: TestContext, userId: string) => (await ctx.db.select().from(deliveries).where(eq(deliveries.userId, userId)).orderBy(deliveries.id)).map(({ channel, outcome, attempts }) => `${channel} ${outcome} ${attempts}`);
async function mailsTo(ctx: TestContext, userId: string) {
  const [{ email } = { email: null }] = await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId));
  return ctx.db.select().from(mailboxMessages).where(and(eq(mailboxMessages.recipient, email!), eq(mailboxMessages.channel, "email"))).orderBy(mailboxMessages.at);
}
/** The cron and the queue, at that instant. */
async function digests(ctx: TestContext, at: number) {
  ctx.setNow(at);
  await gatherDueDigests(ctx);
  await runJobs(ctx);
}

test("NOT-2: beyond the weekly budget the rest goes into one digest; what is urgent still comes", async () => {
  const ctx = testContext();
  const guardian = await makeUser(ctx, "adult");
  await choose(ctx, guardian, { weeklyBudget: 2 });
  for (const hour of [0, 1, 2, 3]) {
    ctx.setNow(NOON + hour * HOUR);
    await tell(ctx, guardian);
    await runJobs(ctx);
  }
  await tell(ctx, guardian, { severity: "urgent" });
  await runJobs(ctx);
  expect(await log(ctx, guardian)).toEqual(["email sent 1", "email sent 1", "email held 0", "email held 0", "email sent 1"]);
  // Not before seven in the morning.
  await digests(ctx, NOON + 18 * HOUR);
  expect(await mailsTo(ctx, guardian)).toHaveLength(3);
  await digests(ctx, NOON + 19 * HOUR);
  const mails = await mailsTo(ctx, guardian);
  expect(mails.map(({ subject }) => subject).slice(3)).toEqual(["2 things waited for you in Kinboard"]);
  expect(mails[3]!.body.match(/Amina asks for Ten hours/g)).toHaveLength(2);
  // A new week begins on Monday, and a digest was no interruption.
  ctx.setNow(NOON + 6 * DAY);
  await tell(ctx, guardian);
  await runJobs(ctx);
  expect((await log(ctx, guardian)).at(-1)).toBe("email sent 1");
});

test("NOT-2: of two deliveries at once that would be the last of the week, one waits for the digest; what the service did not take keeps its place", async () => {
  const ctx = testContext();
  const guardian = await makeUser(ctx, "adult");
  await choose(ctx, guardian, { weeklyBudget: 1 });
  await tell(ctx, guardian);
  await tell(ctx, guardian);
  const told = await ctx.db.select({ notificationId: notifications.id }).from(notifications).where(eq(notifications.userId, guardian));
  // Neither mail is taken before both were decided.
  const slow = { ...ctx, mail: { send: async () => (await new Promise((resolve) => setTimeout(resolve, 200)), "mail") } };
  await Promise.all(told.map((one) => deliverNotification(slow, one)));
  expect((await log(ctx, guardian)).sort()).toEqual(["email held 0", "email sent 1"]);

  ctx.setNow(NOON + 7 * DAY);
  await tell(ctx, guardian);
  await runJobs({ ...ctx, mail: { send: async () => { throw new Error("down"); } } });
  await tell(ctx, guardian);
  await runJobs(ctx);
  ctx.setNow(NOON + 7 * DAY + HOUR);
  await runJobs(ctx);
  expect((await log(ctx, guardian)).slice(2)).toEqual(["email sent 2", "email held 0"]);
});

test("NOT-3: a digest is one mail, though the cron runs late, twice at once, and the mail service fails in between", async () => {
  const ctx = testContext();
  const guardian = await makeUser(ctx, "adult");
  await choose(ctx, guardian, { digest: { hour: 7, weekday: 1 }, choices: [{ childId: null, topic: "money", channel: "email", least: "digest" }] });
  for (const _ of [1, 2, 3]) await tell(ctx, guardian);
  await runJobs(ctx);
  const monday = Date.parse("2026-11-30T07:00+03:00");
  await digests(ctx, monday - MINUTE);
  expect(await mailsTo(ctx, guardian)).toHaveLength(0);
  ctx.setNow(monday + 2 * DAY);
  await Promise.all([1, 2, 3].map(() => gatherDueDigests(ctx)));
  await runJobs({ ...ctx, mail: { send: async () => { throw new Error("down"); } } });
  ctx.setNow(monday + 2 * DAY + MINUTE);
  await gatherDueDigests(ctx);
  await runJobs(ctx);
  await digests(ctx, monday + 9 * DAY);
  expect((await mailsTo(ctx, guardian)).map(({ subject }) => subject)).toEqual(["3 things waited for you in Kinboard"]);
  expect(await log(ctx, guardian)).toEqual(Array(3).fill("email sent 1"));
});

test("NOT-3: what was read, or went out by mail, is in no digest", async () => {
  const ctx = testContext();
  const guardian = await makeUser(ctx, "adult");
  await choose(ctx, guardian, { choices: [{ childId: null, topic: "money", channel: "email", least: "digest" }] });
  await tell(ctx, guardian);
  await runJobs(ctx);
  await ctx.db.update(notifications).set({ readAt: NOON }).where(eq(notifications.userId, guardian));
  await digests(ctx, NOON + DAY);
  expect(await mailsTo(ctx, guardian)).toHaveLength(0);
  expect(await log(ctx, guardian)).toEqual(["email dropped 1"]);
});

test("NOT-3: one who lost the right, or is kept away, gets nothing, now or with a digest that was held before", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const { otherGuardianId: lost, guardianId: kept, childId } = family;
  for (const userId of [lost, kept]) {
    await choose(ctx, userId, { choices: [{ childId, topic: "money", channel: "email", least: "digest" }] });
    await tell(ctx, userId, { childId });
  }
  await runJobs(ctx);
  await tell(ctx, lost, { childId, severity: "urgent" });
  await ctx.db.update(guardianships).set({ canApprovePurchases: false, canViewProgress: false }).where(and(eq(guardianships.guardianId, lost), eq(guardianships.childId, childId)));
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("res"), childId, personId: kept, schoolId: family.schoolId, reason: "A court", setBy: family.adminId, startsAt: NOON, createdAt: NOON });
  await runJobs(ctx);
  await digests(ctx, NOON + DAY);
  expect([await mailsTo(ctx, lost), await mailsTo(ctx, kept)]).toEqual([[], []]);
  expect([await log(ctx, lost), await log(ctx, kept)]).toEqual([["email dropped 1"], ["email dropped 1"]]);
  // Of the sibling, for whom the right is still there, the first is told.
  await tell(ctx, lost, { childId: family.siblingId });
  await runJobs(ctx);
  expect(await mailsTo(ctx, lost)).toHaveLength(1);
});

test("NOT-3: a text message says nothing of what it is about, and each channel is tried again by itself", async () => {
  const ctx = testContext();
  const guardian = await makeUser(ctx, "adult");
  const phone = `+2547${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}`;
  await ctx.db.update(users).set({ phone }).where(eq(users.id, guardian));
  await choose(ctx, guardian, { choices: [{ childId: null, topic: "money", channel: "sms", least: "attention" }] });
  await tell(ctx, guardian, { severity: "attention" });
  await runJobs({ ...ctx, sms: { send: async () => { throw new Error("SMS service answered 503"); } } });
  expect((await log(ctx, guardian)).sort()).toEqual(["email sent 1", "sms retrying 1"]);
  ctx.setNow(NOON + MINUTE);
  await runJobs(ctx);
  expect((await log(ctx, guardian)).sort()).toEqual(["email sent 1", "sms sent 2"]);
  const texts = await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, phone));
  expect(texts.map(({ body }) => body)).toEqual(["There is something new for you in Kinboard: http://localhost/inbox"]);
  expect(await mailsTo(ctx, guardian)).toHaveLength(1);
});

test("NOT-3: what nobody takes until the last attempt stands in the log as failed, with what the service said", async () => {
  const ctx = testContext();
  const guardian = await makeUser(ctx, "adult");
  await tell(ctx, guardian);
  const down = { ...ctx, mail: { send: async () => { throw new Error("mail service answered 503"); } } };
  for (let hour = 0; hour < 10; hour++) {
    ctx.setNow(NOON + hour * HOUR);
    await runJobs(down);
  }
  const [delivery] = await ctx.db.select().from(deliveries).where(eq(deliveries.userId, guardian));
  expect(delivery).toMatchObject({ outcome: "failed", attempts: 8, problem: "Error: mail service answered 503" });
});

test("NOT-3: three workers at one notification log it once", async () => {
  const ctx = testContext();
  const guardian = await makeUser(ctx, "adult");
  await tell(ctx, guardian);
  const [note] = await ctx.db.select().from(notifications).where(eq(notifications.userId, guardian));
  await Promise.all([1, 2, 3].map(() => deliverNotification(ctx, { notificationId: note!.id })));
  expect([await mailsTo(ctx, guardian), await log(ctx, guardian)]).toMatchObject([{ length: 1 }, ["email sent 1"]]);
});

test("NOT-3: mail goes by the named service, else by the Workers' binding, else into the mailbox", async () => {
  const ctx = testContext();
  const env = parseEnv(workerEnv);
  const sent: unknown[] = [];
  const binding = { send: async (mail: unknown) => { sent.push(mail); return { messageId: "m1" }; } } as unknown as SendEmail;
  const mail = { to: "amina@example.test", subject: "Subject", text: "Zażółć", idempotencyKey: unique("key") };
  expect(await mailerFor({ ...env, EMAIL: binding, MAIL_FROM: "Kinboard <no-reply@kinboard.org>" }, ctx.db, ctx.clock).send(mail)).toBe("m1");
  expect(sent).toEqual([{ from: { name: "Kinboard", email: "no-reply@kinboard.org" }, to: mail.to, subject: "Subject", text: "Zażółć", headers: { "X-Kinboard-Key": mail.idempotencyKey } }]);
  expect(await mailerFor(env, ctx.db, ctx.clock).send(mail)).toBe(`mail_${mail.idempotencyKey}`);
  // Named and not there: said so, not sent another way.
  await expect(mailerFor({ ...env, EMAIL: binding, MAIL_API_URL: env.STRIPE_API_URL }, ctx.db, ctx.clock).send(mail)).rejects.toThrow("mail service answered 404");
  expect(sent).toHaveLength(1);
});

test("NOT-3: of a child one still hears what one's rights are for: lessons of who plans them, learning of who sees it", async () => {
  const ctx = testContext();
  const { childId, otherGuardianId: userId } = await makeFamily(ctx);
  const told = (["lesson.moved", "feedback.given", "purchase.asked", "consent.changed"] as const).map((type) => ({ type, childId, facts: {} }));
  const heard = async (rights: { canScheduleLessons: boolean; canViewProgress: boolean; canApprovePurchases: boolean }) => {
    await ctx.db.update(guardianships).set({ canTalkWithTeachers: false, ...rights }).where(and(eq(guardianships.guardianId, userId), eq(guardianships.childId, childId)));
    return (await stillConcerning(ctx, userId, told)).map(({ type }) => type);
  };
  expect(await heard({ canScheduleLessons: true, canViewProgress: false, canApprovePurchases: false })).toEqual(["lesson.moved", "consent.changed"]);
  expect(await heard({ canScheduleLessons: false, canViewProgress: true, canApprovePurchases: false })).toEqual(told.map(({ type }) => type));
  expect(await heard({ canScheduleLessons: false, canViewProgress: false, canApprovePurchases: true })).toEqual(["purchase.asked", "consent.changed"]);
  expect(await heard({ canScheduleLessons: false, canViewProgress: false, canApprovePurchases: false })).toEqual(["consent.changed"]);
});

test("NOT-3: a digest of whoever has no mail nudges their browser; of whoever is gone it is sent nowhere", async () => {
  const ctx = testContext();
  const reader = await makeUser(ctx, "adult");
  await choose(ctx, reader, { choices: [{ childId: null, topic: "money", channel: "email", least: "digest" }] });
  await tell(ctx, reader);
  await runJobs(ctx);
  await ctx.db.update(users).set({ email: null, username: unique("reader") }).where(eq(users.id, reader));
  await ctx.db.insert(pushSubscriptions).values({ id: ctx.ids.make("psub"), userId: reader, endpoint: `https://${unique("push")}.example.org/one`, userAgent: null, createdAt: NOON });
  const pushed: boolean[] = [];
  const ctxPush = { ...ctx, push: { ...ctx.push, send: async ({ urgent }: { urgent: boolean }) => { pushed.push(urgent); return "taken" as const; } } };
  ctx.setNow(NOON + DAY);
  await gatherDueDigests(ctx);
  await sendDigest(ctxPush, { userId: reader, digestAt: NOON + DAY });
  expect([pushed, await log(ctx, reader)]).toEqual([[false], ["email sent 1"]]);
  await expect(sendDigest(ctxPush, { userId: "user_gone", digestAt: NOON })).resolves.toBeUndefined();
  expect(pushed).toHaveLength(1);
});
