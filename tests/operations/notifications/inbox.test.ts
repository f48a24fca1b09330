import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { commit } from "#db/client.ts";
import { users } from "#db/schema/identity.ts";
import { deliveries, mailboxMessages } from "#db/schema/notifications.ts";
import { jobs } from "#db/schema/operation.ts";
import { deliverNotification } from "#app/domain/notifications/deliver-notification.server.ts";
import { notify } from "#app/domain/notifications/notify.server.ts";
import { jobWork } from "#app/domain/job-work.server.ts";
import { runJob } from "#app/domain/run-job.server.ts";
import { api, makeFamily, makeUser, runJobs, signedIn, testContext, type TestContext } from "#tests/world.ts";

const asked = { type: "purchase.asked", facts: { child: "Amina", plan: "Ten hours", amount: 150_000, currency: "KES" }, path: "/approvals/preq_1" } as const;

async function tell(ctx: TestContext, userIds: string[], cause: string, childId?: string) {
  const { writes } = notify(ctx, userIds, { ...asked, cause, childId });
  await commit(ctx.db, writes);
}
const mailsTo = async (ctx: TestContext, userId: string) => {
  const email = (await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId)))[0]!.email!;
  return ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email));
};
type Listed = { items: { id: string; title: string; readAt: string | null; path: string }[]; nextCursor: string | null };
const inbox = async (token: string, query = "") => (await (await api("GET", `/notifications${query}`, { token })).json()) as Listed;

test("NOT-3: the same cause tells a person once, in the inbox and by one mail", async () => {
  const ctx = testContext(Date.now());
  const guardian = await makeUser(ctx, "adult");
  await tell(ctx, [guardian, guardian], "preq_1.asked");
  await tell(ctx, [guardian], "preq_1.asked");
  await runJobs(ctx);
  await runJobs(ctx);
  const mails = await mailsTo(ctx, guardian);
  expect(mails.map((mail) => mail.subject)).toEqual(["Amina asks for Ten hours: KES 1,500"]);
  expect(mails[0]!.body).toContain("http://localhost/approvals/preq_1");
  const { items } = await inbox(await signedIn(ctx, guardian));
  expect(items.map((item) => item.title)).toEqual(["Amina asks for Ten hours: KES\u00a01,500"]);
});

test("NOT-3: a mail handed over whose log was lost is not sent again", async () => {
  const ctx = testContext(Date.now());
  const guardian = await makeUser(ctx, "adult");
  await tell(ctx, [guardian], "lost-log");
  await runJobs(ctx);
  const [delivery] = await ctx.db.select().from(deliveries).where(eq(deliveries.userId, guardian));
  await ctx.db.delete(deliveries).where(eq(deliveries.id, delivery!.id));
  await Promise.all([1, 2, 3].map(() => deliverNotification(ctx, { notificationId: delivery!.notificationId! })));
  expect(await mailsTo(ctx, guardian)).toHaveLength(1);
  expect(await ctx.db.select().from(deliveries).where(eq(deliveries.userId, guardian))).toHaveLength(1);
});

test("NOT-3: a mail service that is down is tried again, and then heard once", async () => {
  const ctx = testContext(Date.now());
  const guardian = await makeUser(ctx, "adult");
  await tell(ctx, [guardian], "down");
  const down = { ...ctx, mail: { send: async () => { throw new Error("down"); } } };
  await runJobs(down);
  expect(await mailsTo(ctx, guardian)).toEqual([]);
  ctx.setNow(Date.now() + 60_000);
  await runJobs(ctx);
  expect(await mailsTo(ctx, guardian)).toHaveLength(1);
});

test("NOT-3: a child without e-mail has it in the inbox only", async () => {
  const ctx = testContext(Date.now());
  const child = await makeUser(ctx, "child");
  await tell(ctx, [child], "child");
  await runJobs(ctx);
  expect((await inbox(await signedIn(ctx, child))).items).toHaveLength(1);
  expect(await ctx.db.select().from(deliveries).where(eq(deliveries.userId, child))).toEqual([]);
});

test("NOT-3: a job that cannot be read is parked at once, with its reason", async () => {
  const ctx = testContext(Date.now());
  const id = ctx.ids.make("job");
  await ctx.db.insert(jobs).values({ id, kind: "deliver-notification", payload: { nonsense: true }, availableAt: 0, createdAt: 0 });
  await runJobs(ctx);
  expect(await ctx.db.select().from(jobs).where(eq(jobs.id, id))).toMatchObject([{ status: "failed", attempts: 1 }]);
});

test("NOT-1: pages, filters, counts; reading one, reading the rest; each only one's own", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  for (const n of [1, 2, 3]) await tell(ctx, [family.guardianId, family.otherGuardianId], `asked.${n}`, n === 3 ? family.siblingId : family.childId);
  await commit(ctx.db, notify(ctx, [family.guardianId], { type: "security.changed", facts: { what: "passkey_added" }, path: "/settings/security", cause: "key" }).writes);
  const token = await signedIn(ctx, family.guardianId);
  const first = await inbox(token, "?limit=3");
  const rest = await inbox(token, `?limit=3&cursor=${first.nextCursor}`);
  expect(rest.nextCursor).toBeNull();
  const all = [...first.items, ...rest.items].map((item) => item.id);
  expect(all).toEqual([...all].sort().reverse());
  expect(new Set(all).size).toBe(4);
  expect((await inbox(token, "?type=security")).items).toHaveLength(1);
  expect((await inbox(token, "?type=purchase.asked")).items).toHaveLength(3);
  expect((await inbox(token, "?type=purchase%25")).items).toBeUndefined();
  expect((await inbox(token, `?childId=${family.siblingId}`)).items).toHaveLength(1);

  const read = await api("POST", `/notifications/${all[0]}/read`, { token });
  const { readAt } = (await read.json()) as { readAt: string };
  expect(((await (await api("POST", `/notifications/${all[0]}/read`, { token })).json()) as { readAt: string }).readAt).toBe(readAt);
  expect((await inbox(token, "?unread=true")).items).toHaveLength(3);
  expect(await (await api("GET", "/notifications/counts", { token })).json()).toMatchObject({ total: 4, unread: 3, byType: [{ type: "purchase.asked", total: 3 }, { type: "security.changed", total: 1 }] });

  const other = await signedIn(ctx, family.otherGuardianId);
  expect((await api("POST", `/notifications/${all[0]}/read`, { token: other })).status).toBe(404);
  expect(await (await api("POST", "/notifications/read-all", { token, body: {} })).json()).toEqual({ read: 3 });
  expect((await inbox(other, "?unread=true")).items).toHaveLength(3);
});

test("NOT-1: a child is told in words to the child, a guardian in words about it", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const { writes } = notify(ctx, [family.guardianId, family.childId], { type: "purchase.approved", facts: { child: "Neema", plan: "Ten hours", amount: 150_000, currency: "KES", by: "Amina" }, path: "/inbox", cause: "kind-words", childId: family.childId });
  await commit(ctx.db, writes);
  const titles = await Promise.all([family.guardianId, family.childId].map(async (id) => (await inbox(await signedIn(ctx, id))).items[0]?.title));
  expect(titles).toEqual(["Amina approved Ten hours for Neema: KES\u00a01,500", "Amina said yes to Ten hours: KES\u00a01,500"]);
});

test("NOT-3: a job of a kind that this release does not know is parked at once; one that throws what is no error is tried again", async () => {
  const ctx = testContext(Date.now());
  const [unknown, odd] = [ctx.ids.make("job"), ctx.ids.make("job")];
  await ctx.db.insert(jobs).values([{ id: unknown, kind: "of-tomorrow", payload: {}, availableAt: 0, createdAt: 0 }, { id: odd, kind: "deliver-notification", payload: { notificationId: "note_1" }, availableAt: 0, createdAt: 0 }]);
  expect(await runJob(ctx, unknown)).toBe(true);
  expect(await ctx.db.select().from(jobs).where(eq(jobs.id, unknown))).toMatchObject([{ status: "failed", attempts: 1, lastError: expect.stringContaining("unknown kind of-tomorrow") as string }]);
  vi.spyOn(jobWork, "deliver-notification").mockRejectedValueOnce("a bare word");
  expect(await runJob(ctx, odd)).toBe(true);
  expect(await ctx.db.select().from(jobs).where(eq(jobs.id, odd))).toMatchObject([{ status: "waiting", attempts: 1, lastError: "a bare word" }]);
  vi.restoreAllMocks();
});
