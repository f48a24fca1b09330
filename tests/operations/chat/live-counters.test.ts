import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { and, eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import { countWaiting } from "#app/domain/chat/count-waiting.server.ts";
import { readAll } from "#app/domain/notifications/read-notification.server.ts";
import { commit } from "#db/client.ts";
import { consents } from "#db/schema/consent.ts";
import { conversations } from "#db/schema/conversations.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { assignments } from "#db/schema/learning.ts";
import { notifications } from "#db/schema/notifications.ts";
import { purchaseRequests } from "#db/schema/purchases.ts";
import { enrolments } from "#db/schema/schools.ts";
import { parseEnv } from "#worker/env.ts";
import { IN_TIME } from "#tests/patience.ts";
import { LivePage } from "#tests/live-browser.ts";
import { actorOf, api, makeEnrolment, makeFamily, makeTeacher, send, signedIn, testContext, type Family } from "#tests/world.ts";

const ctx = testContext(Date.now());
let family: Family;
let teacherId: string;
let subjectId: string;
let enrolmentId: string;
let roomId: string;
const pages = new Map<string, LivePage>();

beforeAll(async () => {
  family = await makeFamily(ctx);
  teacherId = await makeTeacher(ctx, family.schoolId);
  ({ enrolmentId, subjectId } = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId }));
  [{ id: roomId } = { id: "" }] = await ctx.db.select({ id: conversations.id }).from(conversations).where(eq(conversations.enrolmentId, enrolmentId));
});

/** What may happen to a family, each again and again, in any order. */
const now = () => Date.now();
const theirs = () => and(eq(guardianships.guardianId, family.otherGuardianId), eq(guardianships.childId, family.childId));
const says = (senderId: string) => () => ctx.rooms.send(roomId, { senderId, senderName: "Somebody", clientId: crypto.randomUUID(), text: "A word", at: now(), silent: false, files: [] });
const events: Record<string, () => Promise<unknown>> = {
  teacherSays: () => says(teacherId)(),
  childSays: () => says(family.childId)(),
  childReads: () => ctx.rooms.read(roomId, { userId: family.childId, seq: 1_000_000, at: now(), readsFrom: 0 }),
  guardianReads: () => ctx.rooms.read(roomId, { userId: family.guardianId, seq: 1_000_000, at: now(), readsFrom: 0 }),
  lastIsTakenBack: async () => ctx.rooms.remove(roomId, { senderId: null, seq: (await ctx.rooms.history(roomId, { readsFrom: 0, limit: 1 })).lastSeq, at: now() }),
  told: () => commit(ctx.db, [ctx.db.insert(notifications).values({ id: ctx.ids.make("note"), userId: family.otherGuardianId, childId: family.childId, type: "achievement.given", severity: "info", facts: {}, path: "/", cause: crypto.randomUUID(), createdAt: now() })]),
  readsNews: async () => readAll(ctx, await actorOf(ctx, family.otherGuardianId), {}),
  asksToBuy: () => commit(ctx.db, [ctx.db.insert(purchaseRequests).values({
    id: ctx.ids.make("pur"), studentId: family.childId, familyId: family.familyId, schoolId: family.schoolId, planId: family.planId, requestedBy: family.childId, planName: "Ten hours", amount: 100, currency: "KES", band: "single",
    status: "pending", createdAt: now(), expiresAt: now() + 3_600_000, remindAt: now() + 1_800_000,
  })]),
  withdrawsIt: () => commit(ctx.db, [ctx.db.update(purchaseRequests).set({ status: "cancelled" }).where(eq(purchaseRequests.studentId, family.childId))]),
  workIsGiven: () => commit(ctx.db, [ctx.db.insert(assignments).values({
    id: ctx.ids.make("asg"), schoolId: family.schoolId, subjectId, authorId: teacherId, title: "Fractions", audience: "subject", status: "open", dueAt: now() + 86_400_000, timeZone: "Africa/Nairobi", createdAt: now(), changedAt: now(),
  })]),
  workIsClosed: () => commit(ctx.db, [ctx.db.update(assignments).set({ status: "closed" }).where(eq(assignments.authorId, teacherId))]),
  guardianshipEnds: () => commit(ctx.db, [ctx.db.update(guardianships).set({ active: false, endsAt: now() - 1 }).where(theirs())]),
  guardianshipIsBack: () => commit(ctx.db, [ctx.db.update(guardianships).set({ active: true, endsAt: null }).where(theirs())]),
  keptAway: () => commit(ctx.db, [ctx.db.insert(restrictions).values({ id: "res_counted", childId: family.childId, personId: family.otherGuardianId, schoolId: family.schoolId, reason: "Court", setBy: teacherId, startsAt: now() - 1, createdAt: now() }).onConflictDoNothing()]),
  letBack: () => commit(ctx.db, [ctx.db.delete(restrictions).where(eq(restrictions.id, "res_counted"))]),
  chatCloses: () => commit(ctx.db, [ctx.db.insert(consents).values({ childId: family.childId, dataType: "chat_content", recipient: "other_guardians", granted: false, setAt: now() }).onConflictDoNothing()]),
  chatOpens: () => commit(ctx.db, [ctx.db.delete(consents).where(eq(consents.childId, family.childId))]),
  enrolmentEnds: () => commit(ctx.db, [ctx.db.update(enrolments).set({ endsAt: now() - 1 }).where(eq(enrolments.id, enrolmentId))]),
  enrolmentIsBack: () => commit(ctx.db, [ctx.db.update(enrolments).set({ endsAt: null }).where(eq(enrolments.id, enrolmentId))]),
  inboxDies: async () => evictDurableObject(parseEnv(env).INBOXES.get(parseEnv(env).INBOXES.idFromName(family.guardianId))).catch(() => undefined),
  roomSleeps: async () => evictDurableObject(parseEnv(env).ROOMS.get(parseEnv(env).ROOMS.idFromName(roomId))).catch(() => undefined),
  pageIsOpenedAnew: async () => {
    pages.get(family.childId)?.leave();
    pages.set(family.childId, await LivePage.open(await signedIn(ctx, family.childId)));
  },
};

test("NOT-4, DASH-5: after any history the live counters are those counted from the truth", async () => {
  const people = [family.guardianId, family.otherGuardianId, family.childId];
  const actors = await Promise.all(people.map((id) => actorOf(ctx, id)));
  for (const id of people) pages.set(id, await LivePage.open(await signedIn(ctx, id)));
  const seen = new Set<string>();
  const truth = () => {
    ctx.setNow(Date.now());
    return Promise.all(actors.map((actor) => countWaiting(ctx, actor)));
  };
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(events)), { minLength: 3, maxLength: 20 }), async (history) => {
    for (const event of history) await events[event]!();
    // The room's summary follows within the second; then both must agree, and go on doing so.
    await vi.waitFor(async () => {
      const counted = await truth();
      for (const counters of counted) for (const [name, count] of Object.entries(counters)) if (count > 0) seen.add(name);
      expect(people.map((id) => pages.get(id)!.counters)).toEqual(counted);
      await new Promise((done) => setTimeout(done, 350));
      expect(people.map((id) => pages.get(id)!.counters)).toEqual(await truth());
    }, IN_TIME);
  }), { numRuns: 8, endOnFailure: true, examples: [[["teacherSays", "told", "asksToBuy", "workIsGiven"]]] });
  expect([...seen].sort()).toEqual(["achievements", "alerts", "approvals", "deadlines", "messages"]);
  for (const page of pages.values()) page.leave();
});

test("NOT-4: counters are one's own: as the page's badges say, and nobody's for who looks through another's eyes", async () => {
  const token = await signedIn(ctx, family.guardianId, { kind: "browser", steppedUp: true });
  const headers = { "Cookie": `kinboard=${token}`, "Sec-Fetch-Site": "same-origin" };
  const [mine, actor] = [(await (await api("GET", "/counters", { headers })).json()) as { messages: number; alerts: number; approvals: number }, await actorOf(ctx, family.guardianId)];
  expect(mine).toMatchObject({ messages: actor.counts.messages, alerts: actor.counts.notifications, approvals: actor.counts.approvals });
  expect((await api("POST", "/live/ticket", { headers })).status).toBe(201);
  await send("POST", "/view-as", { headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" }, text: new URLSearchParams({ act: "begin", personId: family.viewerId }).toString() });
  expect((await api("POST", "/live/ticket", { headers })).status).toBe(403);
  expect((await api("GET", "/counters", { headers })).status).toBe(403);
});
