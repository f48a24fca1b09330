import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { DAY, HOUR } from "#app/domain/clock.ts";
import { askRecovery } from "#app/domain/identity/ask-recovery.server.ts";
import { cancelByLink, cancelRecovery } from "#app/domain/identity/cancel-recovery.server.ts";
import { findOwnRecovery, finishRecovery, startRecovery } from "#app/domain/identity/finish-recovery.server.ts";
import { inviteToFamily } from "#app/domain/families/invite-to-family.server.ts";
import { askForChild } from "#app/domain/people/school-invitations.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { getRecovery, vouch } from "#app/domain/identity/vouch.server.ts";
import { guardianships } from "#db/schema/families.ts";
import { passkeys, sessions, totpFactors, users } from "#db/schema/identity.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { auditEvents, jobs } from "#db/schema/operation.ts";
import { actorOf, api, makeFamily, makeUser, PASSWORD, runJobs, signedIn, testContext, VIEW_ONLY } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";
import { Visitor } from "#tests/visitor.ts";
import { giveTotp } from "./people.ts";
import { asked, emailOf, mailsTo, NEW, openOf, stepped, told, vouched } from "./recovering.ts";

const notReady = expect.objectContaining({ fields: [{ path: "token", message: "recovery_not_ready" }] });
const over = expect.objectContaining({ code: "conflict", reason: "recovery_over" });

test("AUTH-12: another guardian's word and 48 hours open the account; factors, passkeys and sessions are gone, all is in the audit log", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  await giveTotp(ctx, family.guardianId);
  await ctx.db.insert(passkeys).values({ id: ctx.ids.make("pk"), userId: family.guardianId, name: "Phone", publicKey: "", counter: 0, transports: [], deviceType: "singleDevice", backedUp: false, createdAt: 0 });
  await signedIn(ctx, family.guardianId);
  const one = await asked(ctx, family);
  expect(await findOwnRecovery(ctx, one.secret)).toMatchObject({ state: "waiting", readyAt: null });
  const { readyAt } = await vouch(ctx, await stepped(ctx, one.otherGuardianId), one.id, one.code);
  expect(readyAt).toBe(ctx.clock.now() + 48 * HOUR);
  await expect(finishRecovery(ctx, one.secret, NEW)).rejects.toThrow(notReady);
  ctx.setNow(readyAt - 1);
  await expect(finishRecovery(ctx, one.secret, NEW)).rejects.toThrow(notReady);
  ctx.setNow(readyAt);
  await finishRecovery(ctx, one.secret, NEW);
  await expect(finishRecovery(ctx, one.secret, "yet another sentence")).rejects.toThrow(notReady);
  for (const table of [sessions, passkeys, totpFactors]) expect(await ctx.db.select().from(table).where(eq(table.userId, one.guardianId))).toEqual([]);
  await signIn(ctx, { identifier: await emailOf(ctx, one.guardianId), password: NEW }, "bearer");
  const acts = (await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, one.guardianId))).map((event) => [event.action, event.actorId]);
  expect(acts).toEqual(expect.arrayContaining([["recovery.asked", null], ["recovery.vouched", one.otherGuardianId], ["recovery.done", null]]));
  expect((await told(ctx, one.viewerId, "recovery.done")).length).toBe(1);
});

test("AUTH-12: whoever's word counts is told at once; when it is given, the owner and every guardian are, on every channel", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const [sitter, stranger] = [await makeUser(ctx, "adult"), await makeUser(ctx, "adult")];
  await ctx.db.insert(guardianships).values({ id: ctx.ids.make("gua"), guardianId: sitter, childId: family.childId, relationship: "other", canApprovePurchases: false, canScheduleLessons: false, canViewProgress: true, canTalkWithTeachers: false, startsAt: 0, endsAt: ctx.clock.now() + 30 * DAY, delegatedBy: family.otherGuardianId, createdAt: 0 });
  const phone = `+2547${ctx.ids.digits(8)}`;
  await ctx.db.update(users).set({ phone }).where(eq(users.id, family.guardianId));
  const one = await asked(ctx, family);
  expect((await Promise.all([one.otherGuardianId, one.viewerId, sitter, stranger].map(async (id) => (await told(ctx, id, "recovery.asked")).length)))).toEqual([1, 1, 0, 0]);
  expect((await mailsTo(ctx, one.guardianId)).filter((body) => body.includes("/recover/cancel/"))).toHaveLength(1);
  await expect(vouch(ctx, await stepped(ctx, sitter), one.id, one.code)).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
  await vouch(ctx, await stepped(ctx, one.otherGuardianId), one.id, one.code);
  await runJobs(ctx);
  expect((await Promise.all([one.guardianId, one.otherGuardianId, one.viewerId, sitter, stranger].map(async (id) => (await told(ctx, id, "recovery.begun")).length)))).toEqual([1, 1, 1, 1, 0]);
  expect((await mailsTo(ctx, one.guardianId)).filter((body) => body.includes("/recover/cancel/"))).toHaveLength(2);
  const texts = await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, phone));
  expect(texts.map((text) => text.body)).toEqual(["Somebody is getting back into a Kinboard account. If that is news to you, sign in or look into your mail."]);
});

describe("AUTH-12: a word", () => {
  test("needs a step-up, the code that only the asker has, and is nobody's for their own account", async () => {
    const ctx = testContext();
    const one = await asked(ctx);
    await expect(vouch(ctx, await actorOf(ctx, one.otherGuardianId), one.id, one.code)).rejects.toThrow(expect.objectContaining({ code: "step_up_required" }));
    await expect(vouch(ctx, await stepped(ctx, one.otherGuardianId), one.id, one.code === "000000" ? "000001" : "000000")).rejects.toThrow(expect.objectContaining({ fields: [{ path: "code", message: "spoken_code_wrong" }] }));
    await expect(vouch(ctx, await stepped(ctx, one.guardianId), one.id, one.code)).rejects.toThrow(expect.objectContaining({ code: "forbidden" }));
    for (const userId of [one.childId, one.adminId, (await makeFamily(ctx)).guardianId]) await expect(vouch(ctx, await stepped(ctx, userId), one.id, one.code), userId).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
    const guesses = await Promise.allSettled(Array.from({ length: 20 }, async () => vouch(ctx, await stepped(ctx, one.viewerId), one.id, "none")));
    expect(guesses.filter((guess) => (guess as PromiseRejectedResult).reason.code === "rate_limited")).toHaveLength(15);
  });

  test("is given once, by one, of many at the same instant", async () => {
    const ctx = testContext();
    const one = await asked(ctx);
    const actors = [await stepped(ctx, one.otherGuardianId), await stepped(ctx, one.viewerId)];
    const given = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => vouch(ctx, actors[n % 2]!, one.id, one.code)));
    expect(given.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect((await told(ctx, one.guardianId, "recovery.begun"))).toHaveLength(1);
    await expect(vouch(ctx, actors[1]!, one.id, one.code)).rejects.toThrow(over);
  });

  test("counts only as long as the one who gave it is a guardian", async () => {
    const ctx = testContext();
    const one = await vouched(ctx);
    await ctx.db.update(guardianships).set({ active: false }).where(eq(guardianships.guardianId, one.otherGuardianId));
    ctx.setNow(ctx.clock.now() + 48 * HOUR);
    await expect(finishRecovery(ctx, one.secret, NEW)).rejects.toThrow(notReady);
  });

  test("comes too late after seven days, and what it opened is shut after seven more", async () => {
    const ctx = testContext();
    const late = await asked(ctx);
    ctx.setNow(ctx.clock.now() + 7 * DAY);
    await expect(vouch(ctx, await stepped(ctx, late.otherGuardianId), late.id, late.code)).rejects.toThrow(over);
    const one = await vouched(ctx);
    ctx.setNow(ctx.clock.now() + 48 * HOUR + 7 * DAY);
    await expect(finishRecovery(ctx, one.secret, NEW)).rejects.toThrow(notReady);
    expect((await asked(ctx, one)).id).not.toBe(one.id);
  });
});

describe("AUTH-12: called off by the owner", () => {
  test("from any session or by the mailed link, it never opens", async () => {
    const ctx = testContext();
    const one = await vouched(ctx);
    await expect(cancelRecovery(ctx, await actorOf(ctx, one.otherGuardianId), one.id)).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
    await cancelRecovery(ctx, await actorOf(ctx, one.guardianId), one.id);
    await cancelRecovery(ctx, await actorOf(ctx, one.guardianId), one.id);
    ctx.setNow(ctx.clock.now() + 48 * HOUR);
    await expect(finishRecovery(ctx, one.secret, NEW)).rejects.toThrow(notReady);
    expect((await findOwnRecovery(ctx, one.secret)).state).toBe("waiting");

    const two = await asked(ctx);
    const token = /recover\/cancel\/(\S+)/.exec((await mailsTo(ctx, two.guardianId)).find((body) => body.includes("/recover/cancel/"))!)![1]!;
    await expect(cancelByLink(ctx, `${two.id}.made-up`)).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
    await cancelByLink(ctx, token);
    await expect(vouch(ctx, await stepped(ctx, two.otherGuardianId), two.id, two.code)).rejects.toThrow(over);
  });

  test("at the instant of its end: either it is called off or it is done, never both", async () => {
    for (let round = 0; round < 4; round++) {
      const ctx = testContext();
      const one = await vouched(ctx);
      ctx.setNow(ctx.clock.now() + 48 * HOUR);
      const owner = await actorOf(ctx, one.guardianId);
      const results = await Promise.allSettled([finishRecovery(ctx, one.secret, NEW), cancelRecovery(ctx, owner, one.id), finishRecovery(ctx, one.secret, NEW)]);
      const { status } = await openOf(ctx, one.guardianId);
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
      const right = await signIn(ctx, { identifier: await emailOf(ctx, one.guardianId), password: status === "done" ? NEW : PASSWORD }, "bearer");
      expect(right.kind).toBe("bearer");
    }
  });
});

test("AUTH-12: asking again replaces what waits, but not what has been vouched for; the code of the old one is no word for the new", async () => {
  const ctx = testContext();
  const first = await asked(ctx);
  const second = await asked(ctx, first);
  await expect(vouch(ctx, await stepped(ctx, first.otherGuardianId), first.id, first.code)).rejects.toThrow(over);
  if (first.code !== second.code) await expect(vouch(ctx, await stepped(ctx, first.otherGuardianId), second.id, first.code)).rejects.toThrow(expect.objectContaining({ code: "invalid_input" }));
  await vouch(ctx, await stepped(ctx, first.otherGuardianId), second.id, second.code);
  expect((await asked(ctx, first)).id).toBe(second.id);
});

test("AUTH-12: with the second factor lost, the mailed link begins the same 48 hours, once", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  await giveTotp(ctx, family.guardianId);
  expect(await askRecovery(ctx, { email: await emailOf(ctx, family.guardianId), way: "factor" })).toBeNull();
  await runJobs(ctx);
  const secret = /recover\/([\w-]{20,})/.exec((await mailsTo(ctx, family.guardianId)).join("\n"))![1]!;
  expect((await findOwnRecovery(ctx, secret)).state).toBe("mailed");
  expect(await openOf(ctx, family.guardianId).catch(() => undefined)).toBeUndefined();
  const begun = await Promise.allSettled([startRecovery(ctx, secret), startRecovery(ctx, secret)]);
  expect(begun.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await findOwnRecovery(ctx, secret)).toMatchObject({ state: "cooling", readyAt: ctx.clock.now() + 48 * HOUR });
  expect(await told(ctx, family.otherGuardianId, "recovery.begun")).toHaveLength(1);
  ctx.setNow(ctx.clock.now() + 48 * HOUR);
  await finishRecovery(ctx, secret, NEW);
  expect((await signIn(ctx, { identifier: await emailOf(ctx, family.guardianId), password: NEW }, "browser")).kind).toBe("browser");
});

describe("AUTH-13: a stranger", () => {
  test("cannot tell an address with an account from one without, nor a secret that means something", async () => {
    const ctx = testContext();
    const family = await makeFamily(ctx);
    const answers = [];
    for (const email of [await emailOf(ctx, family.guardianId), "nobody-at-all@example.test"]) {
      const before = ctx.meter.roundTrips;
      const secret = (await askRecovery(ctx, { email, way: "vouch" }))!;
      const trips = ctx.meter.roundTrips - before;
      await runJobs(ctx);
      const { code, ...seen } = await findOwnRecovery(ctx, secret);
      answers.push({ trips, seen, code: /^\d{6}$/.test(code) });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual({ trips: 2, seen: { state: "waiting", readyAt: null }, code: true });
    expect((await ctx.db.select().from(jobs).where(eq(jobs.kind, "begin-recovery"))).filter((job) => job.status === "failed")).toEqual([]);
  });

  test("asks five times an hour for one address", async () => {
    const ctx = testContext();
    const tried = await Promise.allSettled(Array.from({ length: 12 }, () => askRecovery(ctx, { email: `${ctx.ids.make("x")}@example.test`.replace(/.*@/, "same@"), way: "vouch" })));
    expect(tried.filter((one) => one.status === "fulfilled")).toHaveLength(5);
  });
});

test("AUTH-12: by pages without scripts, from the question to the word and back", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const stranger = new Visitor();
  expect(await (await stranger.get("/recover")).text()).toContain("What do you still have?");
  const begun = await stranger.post("/recover", { email: await emailOf(ctx, family.guardianId), way: "vouch" });
  const here = begun.headers.get("Location")!;
  ctx.setNow(Date.now());
  await runJobs(ctx);
  const code = /<code>(\d{6})<\/code>/.exec(await (await stranger.get(here)).text())![1]!;
  const { id } = await openOf(ctx, family.guardianId);
  const friend = await visitor(ctx, family.otherGuardianId, { steppedUp: true });
  expect(await (await friend.open(`/recoveries/${id}`)).text()).toContain("Is it really Guardian");
  expect((await friend.post(`/recoveries/${id}`, { act: "vouch", code })).status).toBe(303);
  expect(await (await stranger.get(here)).text()).toContain("The waiting time has begun");
  expect((await stranger.post(here, { act: "finish", password: NEW })).status).toBe(400);
  const owner = await visitor(ctx, family.guardianId);
  expect(await (await owner.open(`/recoveries/${id}`)).text()).toContain("Somebody is getting back into your account");
  expect((await owner.post(`/recoveries/${id}`, { act: "cancel" })).status).toBe(303);
  expect((await getRecovery(ctx, await actorOf(ctx, family.guardianId), id)).state).toBe("over");
  expect((await api("POST", "/auth/recovery", { body: { email: "nobody@example.test", way: "vouch" } })).status).toBe(202);
});

test("Q-14, AUTH-13: asking for a way in or inviting by mail does the same work for an address that somebody has as for one that nobody has", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const [guardian, admin] = [await stepped(ctx, family.guardianId), await stepped(ctx, family.adminId)];
  const doors: Record<string, (email: string) => Promise<unknown>> = {
    ...Object.fromEntries((["link", "factor", "vouch"] as const).map((way) => [`recover by ${way}`, (email: string) => askRecovery(ctx, { email, way })])),
    "invite to the family": (email) => inviteToFamily(ctx, guardian, { familyId: family.familyId, name: "Aunt", email, relationship: "other", rights: VIEW_ONLY, joinsFamily: true } as Parameters<typeof inviteToFamily>[2]),
    "ask for a child": (email) => askForChild(ctx, admin, family.schoolId, { name: "Typed", email }),
  };
  for (const [door, knock] of Object.entries(doors)) {
    const work = async (email: string) => {
      const [before, jobsBefore] = [{ ...ctx.meter }, (await ctx.db.select().from(jobs)).length];
      const asked = ctx.meter.roundTrips;
      await knock(email);
      const roundTrips = ctx.meter.roundTrips - asked;
      const made = (await ctx.db.select().from(jobs)).slice(jobsBefore);
      return { roundTrips, counted: before.roundTrips > 0, jobs: made.map(({ kind }) => kind) };
    };
    const [known, unknown] = [await work(await emailOf(ctx, await makeUser(ctx, "adult"))), await work(`${crypto.randomUUID()}@example.test`)];
    expect(known, door).toEqual(unknown);
    expect(known, door).toMatchObject({ counted: true, jobs: [expect.any(String)] });
  }
});
