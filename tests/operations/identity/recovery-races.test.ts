import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { HOUR } from "#app/domain/clock.ts";
import { askRecovery, beginRecovery } from "#app/domain/identity/ask-recovery.server.ts";
import { cancelRecovery } from "#app/domain/identity/cancel-recovery.server.ts";
import { findOwnRecovery, finishRecovery, startRecovery } from "#app/domain/identity/finish-recovery.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { vouch } from "#app/domain/identity/vouch.server.ts";
import { mailedSecrets, recoveries, users } from "#db/schema/identity.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, makeFamily, runJobs, testContext, type TestContext } from "#tests/world.ts";
import { asked, emailOf, linkOf, mailsTo, NEW, openOf, stepped, vouched } from "./recovering.ts";

test("AUTH-12: called off twice at the same instant is called off once; what was finished in between is said to be done", async () => {
  const ctx = testContext();
  const one = await vouched(ctx);
  const owner = await actorOf(ctx, one.guardianId);
  await cancelRecovery(beforeCommit(ctx, () => cancelRecovery(ctx, owner, one.id)), owner, one.id);
  expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, one.guardianId))).filter((event) => event.action === "recovery.cancelled")).toHaveLength(1);
  const two = await vouched(ctx);
  ctx.setNow(ctx.clock.now() + 48 * HOUR);
  const late = await actorOf(ctx, two.guardianId);
  const finished = () => finishRecovery(ctx, two.secret, NEW);
  await expect(cancelRecovery(beforeCommit(ctx, finished), late, two.id)).rejects.toMatchObject({ code: "conflict", reason: "recovery_over", extra: { state: "done" } });
  expect((await openOf(ctx, two.guardianId)).status).toBe("done");
});

test("AUTH-12: a mailed link begins no second waiting time beside the one under way, nor one link two", async () => {
  const ctx = testContext();
  const one = await vouched(ctx);
  await expect(startRecovery(ctx, await linkOf(ctx, one.guardianId))).rejects.toMatchObject({ code: "conflict", reason: "recovery_under_way" });
  expect(await findOwnRecovery(ctx, one.secret)).toMatchObject({ state: "cooling" });
  const other = (await makeFamily(ctx)).guardianId;
  const secret = await linkOf(ctx, other);
  await expect(startRecovery(beforeCommit(ctx, () => startRecovery(ctx, secret)), secret)).rejects.toMatchObject({ fields: [{ path: "token", message: "link_lapsed" }] });
  await expect(startRecovery(ctx, "made-up")).rejects.toMatchObject({ fields: [{ path: "token", message: "link_lapsed" }] });
});

test("AUTH-12: a database that fails is no lost race: it is not said that somebody was faster, and nothing has moved", async () => {
  const ctx = testContext();
  const [fresh, linked] = [await makeFamily(ctx), await makeFamily(ctx)];
  const link = await linkOf(ctx, linked.guardianId);
  const begun = await vouched(ctx);
  const acts: Record<string, (at: TestContext) => Promise<unknown>> = {
    begin: async (at) => beginRecovery(at, { email: await emailOf(ctx, fresh.guardianId), secretHash: "x" }),
    start: (at) => startRecovery(at, link),
    cancel: async (at) => cancelRecovery(at, await actorOf(ctx, begun.guardianId), begun.id),
  };
  for (const [name, act] of Object.entries(acts)) await expect(act(failing(ctx)), name).rejects.toBe(LOST);
  ctx.setNow(ctx.clock.now() + 48 * HOUR);
  await expect(finishRecovery(failing(ctx), begun.secret, NEW)).rejects.toBe(LOST);
  const waiting = await asked(ctx);
  await expect(vouch(failing(ctx), await stepped(ctx, waiting.otherGuardianId), waiting.id, waiting.code)).rejects.toBe(LOST);
  const states = await Promise.all([fresh, linked, begun, waiting].map(async ({ guardianId }) => (await ctx.db.select().from(recoveries).where(eq(recoveries.userId, guardianId))).map(({ status }) => status)));
  expect(states).toEqual([[], [], ["vouched"], ["waiting"]]);
});

test("AUTH-12: nobody who is gone or has no account is mailed a link, and who goes meanwhile is not told", async () => {
  const ctx = testContext();
  const [gone, going] = [await makeFamily(ctx), await makeFamily(ctx)];
  const deactivate = (userId: string) => ctx.db.update(users).set({ status: "deactivated" }).where(eq(users.id, userId));
  await deactivate(gone.guardianId);
  for (const email of [await emailOf(ctx, gone.guardianId), "nobody-at-all@example.test"]) await askRecovery(ctx, { email, way: "factor" });
  await beginRecovery(ctx, { email: await emailOf(ctx, gone.guardianId), secretHash: "gone" });
  await beginRecovery(ctx, { email: await emailOf(ctx, going.guardianId), secretHash: "going" });
  await deactivate(going.guardianId);
  await runJobs(ctx);
  expect(await ctx.db.select().from(mailedSecrets).where(eq(mailedSecrets.userId, gone.guardianId))).toEqual([]);
  expect([await mailsTo(ctx, gone.guardianId), await mailsTo(ctx, going.guardianId)]).toEqual([[], []]);
  expect((await ctx.db.select().from(recoveries)).map(({ secretHash }) => secretHash).filter((hash) => ["gone", "going"].includes(hash))).toEqual(["going"]);
});

test("AUTH-12: an account whose address was taken away during the waiting time is opened all the same", async () => {
  const ctx = testContext();
  const one = await vouched(ctx);
  await ctx.db.update(users).set({ email: null, username: one.id.toLowerCase() }).where(eq(users.id, one.guardianId));
  ctx.setNow(ctx.clock.now() + 48 * HOUR);
  await finishRecovery(ctx, one.secret, NEW);
  expect((await signIn(ctx, { identifier: one.id.toLowerCase(), password: NEW }, "bearer")).kind).toBe("bearer");
});
