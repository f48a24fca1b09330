import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { familyMembers, guardianships, restrictedAttempts, restrictions } from "#db/schema/families.ts";
import { mailboxMessages, notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { users } from "#db/schema/identity.ts";
import { memberships } from "#db/schema/schools.ts";
import { selectDecisionFacts } from "#db/decisions.ts";
import { listPayingGuardians, selectGuardianCards } from "#db/payments.ts";
import { selectCoGuardians } from "#db/payment-methods.ts";
import { acceptInvitation } from "#app/domain/families/answer-invitation.server.ts";
import { inviteToFamily } from "#app/domain/families/invite-to-family.server.ts";
import { notify } from "#app/domain/notifications/notify.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { liftRestriction } from "#app/domain/restrictions/lift-restriction.server.ts";
import { noteAttempt } from "#app/domain/restrictions/note-attempt.server.ts";
import { setRestriction } from "#app/domain/restrictions/set-restriction.server.ts";
import { DAY } from "#app/domain/clock.ts";
import { actorOf, api, makeFamily, makeGuardianship, makeOwner, makeUser, runJobs, send, signedIn, testContext, VIEW_ONLY, type Family, type TestContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

/** A family whose second guardian with all rights is kept away from the elder child, and from it alone. */
async function keepingAway() {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const admin = await actorOf(ctx, family.adminId, { steppedUp: true });
  const set = (personId = family.otherGuardianId, more: object = {}) => setRestriction(ctx, admin, family.childId, { personId, reason: "Court of Nairobi, 12/2026", ...more });
  return { ctx, family, admin, set };
}
const asks = async (ctx: TestContext, userId: string) => {
  const token = await signedIn(ctx, userId, { steppedUp: true });
  return (path: string) => api("GET", path, { token });
};

describe("FAM-11: who is kept away", () => {
  test("sees of the child, its family and its requests what they would of an unknown one, and on the next request", async () => {
    const { ctx, family, set } = await keepingAway();
    const requestId = await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
    const get = await asks(ctx, family.otherGuardianId);
    const page = await visitor(ctx, family.otherGuardianId);
    const [gua] = await ctx.db.select().from(guardianships).where(and(eq(guardianships.childId, family.childId), eq(guardianships.guardianId, family.guardianId)));
    const paths = [`/children/${family.childId}`, `/children/${family.childId}/siblings`, `/guardianships?childId=${family.childId}`, `/guardianships/${gua!.id}`, `/families/${family.familyId}`, `/children/${family.childId}/budget`, `/purchase-requests/${requestId}`];
    for (const path of paths) expect((await get(path)).status, path).toBe(200);
    await set();
    const swap = (path: string) => path.replace(/[a-z]+_[0-9A-Z]{26}/, (id) => ctx.ids.make(id.split("_")[0]!));
    for (const path of paths) {
      const [kept, unknown] = [await get(path), await get(swap(path))];
      expect([kept.status, await kept.text()], path).toEqual([unknown.status, await unknown.text()]);
      expect(kept.status, path).toBe(404);
    }
    expect(JSON.stringify(await (await get("/children")).json())).not.toContain(family.childId);
    expect(((await (await get("/children")).json()) as { items: { id: string }[] }).items.map((child) => child.id)).toEqual([family.siblingId]);
    const [child] = await ctx.db.select().from(users).where(eq(users.id, family.childId));
    for (const path of ["/home", "/children", "/family", "/family/people", "/inbox", "/approvals", "/finance", `/children/${family.siblingId}`, "/shop"]) {
      const html = await (await page.open(path)).text();
      expect(html, path).not.toContain(family.childId);
      expect(html, path).not.toContain(`>${child!.name}<`);
    }
    expect((await actorOf(ctx, family.otherGuardianId)).counts).toMatchObject({ approvals: 0, notifications: 0 });
    expect(JSON.stringify(await (await get("/me")).json())).not.toContain(family.childId);
  });

  test("is told nothing any more: no notice, no mail on its way, no old message, no card of theirs is charged", async () => {
    const { ctx, family, set } = await keepingAway();
    const early = notify(ctx, [family.otherGuardianId], { type: "guardianship.changed", facts: { child: "Child", by: "x" }, path: "/family/people", cause: "early", childId: family.childId });
    await ctx.db.batch(early.writes as never);
    await set();
    await runJobs(ctx);
    const [person] = await ctx.db.select().from(users).where(eq(users.id, family.otherGuardianId));
    expect(await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, person!.email!))).toEqual([]);
    await requestPurchase(ctx, await actorOf(ctx, family.childId), family.childId, { planId: family.planId });
    expect(await ctx.db.select().from(notifications).where(and(eq(notifications.userId, family.otherGuardianId), eq(notifications.type, "purchase.asked")))).toEqual([]);
    const get = await asks(ctx, family.otherGuardianId);
    expect(await (await get("/notifications")).json()).toMatchObject({ items: [] });
    expect(await (await get("/notifications/counts")).json().catch(() => ({ unread: 0 }))).toMatchObject({ unread: 0 });
    const now = ctx.clock.now();
    expect(await listPayingGuardians(ctx.db, family.childId, now)).toEqual([family.guardianId]);
    const [others] = await ctx.db.batch([selectCoGuardians(ctx.db, family.viewerId, now)]);
    expect(others.map(({ id }) => id)).not.toContain(family.otherGuardianId);
    expect(await selectGuardianCards(ctx.db, family.childId, now)).toEqual([]);
    const facts = await ctx.db.batch(selectDecisionFacts(ctx.db, family.childId, now) as never) as unknown as { userId: string }[][];
    expect(facts[4]!.map((guardian) => guardian.userId)).not.toContain(family.otherGuardianId);
  });

  test("stays guardian of a sibling, keeps a home of their own, and has everything back when it is lifted", async () => {
    const { ctx, family, admin, set } = await keepingAway();
    const own = await makeFamily(ctx);
    await ctx.db.insert(familyMembers).values([{ familyId: own.familyId, userId: family.childId, role: "student", joinedAt: 1 }, { familyId: own.familyId, userId: family.otherGuardianId, role: "guardian", joinedAt: 1 }]);
    const id = await set();
    const kept = await actorOf(ctx, family.otherGuardianId);
    expect(kept.wards.map((ward) => ward.childId)).toEqual([family.siblingId]);
    expect(kept.familyIds).toEqual([own.familyId]);
    await liftRestriction(ctx, admin, family.childId, id);
    const free = await actorOf(ctx, family.otherGuardianId);
    expect(free.wards.map((ward) => ward.childId).sort()).toEqual([family.childId, family.siblingId].sort());
    expect(free.familyIds).toContain(family.familyId);
    await liftRestriction(ctx, admin, family.childId, id);
    expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).map((event) => event.action)).toEqual(["restriction.set", "restriction.lifted"]);
  });

  test("begins and ends by its dates, the end exclusive", async () => {
    const { ctx, family, set } = await keepingAway();
    const now = ctx.clock.now();
    await set(family.otherGuardianId, { startsAt: now + DAY, endsAt: now + 2 * DAY });
    const at = async (instant: number) => {
      ctx.setNow(instant);
      return (await actorOf(ctx, family.otherGuardianId)).wards.length;
    };
    expect([await at(now + DAY - 1), await at(now + DAY), await at(now + 2 * DAY - 1), await at(now + 2 * DAY)]).toEqual([2, 1, 1, 2]);
  });

  test("neither joins the child's family by a link nor lets somebody else in by one that was sent before", async () => {
    const { ctx, family, set } = await keepingAway();
    const stranger = await makeUser(ctx, "adult");
    const invite = async (inviterId: string, toId: string) => {
      const [to] = await ctx.db.select().from(users).where(eq(users.id, toId));
      return inviteToFamily(ctx, await actorOf(ctx, inviterId, { steppedUp: true }), { familyId: family.familyId, name: "Somebody", email: to!.email!, relationship: "other", rights: VIEW_ONLY, childIds: [family.childId], joinsFamily: true });
    };
    await ctx.db.update(guardianships).set({ isPrimary: false }).where(and(eq(guardianships.childId, family.siblingId), eq(guardianships.guardianId, family.guardianId)));
    const bySender = await invite(family.guardianId, stranger);
    await set(family.guardianId);
    await expect(acceptInvitation(ctx, await actorOf(ctx, stranger), bySender)).rejects.toMatchObject({ code: "not_found" });
    const toKept = await invite(family.otherGuardianId, family.guardianId);
    await expect(acceptInvitation(ctx, await actorOf(ctx, family.guardianId), toKept)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("FAM-11: the school's administration", () => {
  const post = async (ctx: TestContext, family: Family, body: object, more: { userId?: string; steppedUp?: boolean } = {}) =>
    api("POST", `/children/${family.childId}/restrictions`, { token: await signedIn(ctx, more.userId ?? family.adminId, { steppedUp: more.steppedUp ?? true }), body });

  test("sets it with a step-up and a reason, for a pupil of its own, and for people it has to do with", async () => {
    const { ctx, family } = await keepingAway();
    const body = { personId: family.viewerId, reason: "Court" };
    expect((await post(ctx, family, body, { steppedUp: false })).status).toBe(403);
    expect((await post(ctx, family, { personId: family.viewerId, reason: "  " })).status).toBe(400);
    expect((await post(ctx, family, { personId: await makeUser(ctx, "adult"), reason: "Court" })).status).toBe(400);
    expect((await post(ctx, family, { ...body, startsAt: new Date(ctx.clock.now() + DAY).toISOString(), endsAt: new Date(ctx.clock.now() + DAY).toISOString() })).status).toBe(400);
    expect((await post(ctx, family, body, { userId: (await makeFamily(ctx)).adminId })).status).toBe(404);
    expect((await post(ctx, family, body, { userId: family.guardianId })).status).toBe(404);
    expect(await ctx.db.select().from(restrictions).where(eq(restrictions.childId, family.childId))).toEqual([]);
    const made = await post(ctx, family, body);
    expect([made.status, await made.json()]).toMatchObject([201, { person: { id: family.viewerId }, standing: "in_force", endsAt: null }]);
    expect((await post(ctx, family, body)).status).toBe(409);
  });

  test("passes a primary guardian's place on, and never leaves a child without a guardian, not even by two at once", async () => {
    const { ctx, family, admin, set } = await keepingAway();
    await expect(set(family.guardianId, { startsAt: ctx.clock.now() + DAY })).rejects.toMatchObject({ fields: [{ path: "startsAt" }] });
    const lone = await makeUser(ctx, "child");
    await ctx.db.batch([
      ctx.db.update(guardianships).set({ active: false }).where(and(eq(guardianships.childId, family.childId), eq(guardianships.guardianId, family.viewerId))),
      ctx.db.update(users).set({ status: "active" }).where(eq(users.id, lone)),
    ]);
    const both = await Promise.allSettled([set(family.guardianId), set(family.otherGuardianId)]);
    expect(both.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((both.find((each) => each.status === "rejected") as PromiseRejectedResult).reason).toMatchObject({ code: "conflict", reason: "kept_away_last_guardian" });
    const stayed = both[0]!.status === "fulfilled" ? family.otherGuardianId : family.guardianId;
    const primaries = await ctx.db.select().from(guardianships).where(and(eq(guardianships.childId, family.childId), eq(guardianships.isPrimary, true)));
    expect(primaries.map((row) => row.guardianId)).toEqual([stayed]);
    expect((await actorOf(ctx, stayed)).wards.find((ward) => ward.childId === family.childId)?.isPrimary).toBe(true);
    expect(admin.userId).toBe(family.adminId);
  });

  test("hears of attempts once a day, as does the primary guardian; the page shows each hour's", async () => {
    const { ctx, family, set } = await keepingAway();
    await set();
    const cookie = `kinboard=${await signedIn(ctx, family.otherGuardianId, { kind: "browser" })}`;
    const token = await signedIn(ctx, family.otherGuardianId);
    for (let times = 0; times < 3; times++) expect((await send("GET", `/children/${family.childId}`, { headers: { Cookie: cookie } })).status).toBe(404);
    expect((await api("GET", `/families/${family.familyId}`, { token })).status).toBe(404);
    expect((await send("GET", `/children/${ctx.ids.make("user")}`, { headers: { Cookie: cookie } })).status).toBe(404);
    const attempts = await ctx.db.select().from(restrictedAttempts).where(eq(restrictedAttempts.childId, family.childId));
    expect(attempts.reduce((sum, row) => sum + row.count, 0)).toBe(4);
    expect(attempts.every((row) => row.personId === family.otherGuardianId)).toBe(true);
    const told = await ctx.db.select().from(notifications).where(and(eq(notifications.childId, family.childId), eq(notifications.type, "restriction.attempted")));
    expect(new Set(told.map((row) => row.userId))).toEqual(new Set([family.adminId, family.guardianId]));
    expect(told.length).toBeLessThanOrEqual(2 * 2);
    const admin = await visitor(ctx, family.adminId);
    expect(await (await admin.open(`/admin/children/${family.childId}`)).text()).toContain("Court of Nairobi");
    const listed = (await (await api("GET", `/children/${family.childId}/restrictions`, { token: await signedIn(ctx, family.adminId) })).json()) as { attempts: { count: number }[] };
    expect(listed.attempts.reduce((sum, row) => sum + row.count, 0)).toBe(4);
  });

  test("sets and lifts on the page, without JavaScript; the last day counts whole", async () => {
    const { ctx, family } = await keepingAway();
    const admin = await visitor(ctx, family.adminId, { steppedUp: true });
    const path = `/admin/children/${family.childId}`;
    const refused = await admin.post(`${path}?set=yes`, { act: "set", personId: family.viewerId, endsAt: "2026-02-31" });
    expect(refused.status).toBe(400);
    expect((await admin.post(`${path}?set=yes`, { act: "set", personId: family.viewerId, reason: "Court", endsAt: "2031-03-09" })).status).toBe(303);
    const [row] = await ctx.db.select().from(restrictions).where(eq(restrictions.childId, family.childId));
    expect(new Date(row!.endsAt!).toISOString()).toBe("2031-03-09T21:00:00.000Z");
    expect((await admin.post(`${path}?lift=${row!.id}`, { act: "lift", restrictionId: row!.id })).status).toBe(303);
    await makeGuardianship(ctx, await makeUser(ctx, "adult"), family.childId);
  });

  test("who is kept away from a pupil themselves decides nothing about it; an end must lie after the beginning", async () => {
    const { ctx, family, admin, set } = await keepingAway();
    const now = ctx.clock.now();
    await expect(set(family.viewerId, { endsAt: now })).rejects.toMatchObject({ fields: [{ path: "endsAt", message: "ends_before_start" }] });
    const id = await set();
    const owner = await makeOwner(ctx, family.schoolId);
    await ctx.db.insert(restrictions).values({ id: ctx.ids.make("rest"), childId: family.childId, personId: owner, schoolId: family.schoolId, reason: "Court", setBy: family.adminId, startsAt: now, createdAt: now });
    const kept = await actorOf(ctx, owner, { steppedUp: true });
    await expect(liftRestriction(ctx, kept, family.childId, id)).rejects.toMatchObject({ code: "not_found", restrictedFrom: family.childId });
    await expect(liftRestriction(ctx, admin, family.childId, "rest_unknown")).rejects.toMatchObject({ code: "not_found" });
  });

  test("keeps a relative away of whom the child has no other guardian to be told", async () => {
    const { ctx, family, set } = await keepingAway();
    const aunt = await makeUser(ctx, "adult");
    await ctx.db.insert(familyMembers).values({ familyId: family.familyId, userId: aunt, role: "guardian", joinedAt: 1 });
    await ctx.db.update(guardianships).set({ active: false }).where(eq(guardianships.childId, family.childId));
    await set(aunt);
    expect((await actorOf(ctx, aunt)).restrictedFrom).toEqual([family.childId]);
    expect(await ctx.db.select().from(notifications).where(and(eq(notifications.childId, family.childId), eq(notifications.type, "guardianship.changed")))).toEqual([]);
  });

  test("counts an attempt also where there is nobody to tell", async () => {
    const { ctx, family, set } = await keepingAway();
    await set();
    const kept = await actorOf(ctx, family.otherGuardianId);
    await ctx.db.update(memberships).set({ active: false }).where(eq(memberships.userId, family.adminId));
    await ctx.db.update(guardianships).set({ isPrimary: false }).where(eq(guardianships.childId, family.childId));
    await noteAttempt(ctx, kept, `/children/${family.childId}`, [family.childId]);
    expect(await ctx.db.select().from(restrictedAttempts).where(eq(restrictedAttempts.childId, family.childId))).toMatchObject([{ count: 1, personId: kept.userId }]);
    expect(await ctx.db.select().from(notifications).where(and(eq(notifications.childId, family.childId), eq(notifications.type, "restriction.attempted")))).toEqual([]);
  });
});
