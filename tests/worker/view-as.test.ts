import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { accessLog, consents } from "#db/schema/consent.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { sessions, users } from "#db/schema/identity.ts";
import { purchaseRequests } from "#db/schema/purchases.ts";
import { auditEvents } from "#db/schema/operation.ts";
import * as serverBuild from "#build/server/index.js";
import { findActorByToken } from "#db/identity.ts";
import { through } from "#app/domain/identity/lens.ts";
import { hashToken } from "#app/domain/identity/sessions.ts";
import { endView, VIEW_LIFE } from "#app/domain/identity/view-as.server.ts";
import { fingerprint } from "#tests/access/fingerprint.ts";
import { makeFamily, makeGuardianship, makeUser, send, signedIn, testContext, VIEW_ONLY, type Family, type TestContext } from "#tests/world.ts";

let ctx: TestContext;
let family: Family;
let strangeChild: string;

/** A family whose second guardian has a child elsewhere, whom the first does not know. */
beforeEach(async () => {
  ctx = testContext(Date.now());
  family = await makeFamily(ctx);
  strangeChild = await makeUser(ctx, "child", "Stranger");
  await makeGuardianship(ctx, family.otherGuardianId, strangeChild, { isPrimary: true });
});

async function browserOf(userId: string, steppedUp = true) {
  const token = await signedIn(ctx, userId, { steppedUp, kind: "browser" });
  const headers = { Cookie: `kinboard=${token}` };
  const open = (path: string) => send("GET", path, { headers });
  const post = (path: string, form: Record<string, string>) => send("POST", path, { headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" }, text: new URLSearchParams(form).toString() });
  const actor = async (at = Date.now()) => (await findActorByToken(ctx.db, await hashToken(token), at, through))!;
  return { open, post, actor, token, look: (personId: string) => post("/view-as", { act: "begin", personId }) };
}
const anywhere = () => Object.values(serverBuild.routes).map((route) => `/${route?.path ?? ""}`).filter((path) => path !== "/" && path !== "/*" && !path.startsWith("/dev"))
  .map((path) => path.replace(":childId", family.childId).replace(/:\w+/g, "nothing"));

describe("FAM-10: a primary guardian looks through another guardian's eyes", () => {
  test("sees the shared children with the other's rights, on every page a banner and a way out, and no more than both may know", async () => {
    await ctx.db.update(guardianships).set(VIEW_ONLY).where(and(eq(guardianships.guardianId, family.otherGuardianId), eq(guardianships.childId, family.childId)));
    const mother = await browserOf(family.guardianId);
    expect(await (await mother.open(`/view-as?person=${family.otherGuardianId}`)).text()).toContain("For half an hour");
    expect((await mother.look(family.otherGuardianId)).headers.get("Location")).toBe("/home");
    const seen = await mother.actor();
    expect(seen).toMatchObject({ userId: family.otherGuardianId, email: null, memberships: [], counts: { notifications: 0 }, viewedBy: { userId: family.guardianId } });
    expect(seen.wards.map((ward) => ward.childId).sort()).toEqual([family.childId, family.siblingId].sort());
    expect(seen.wards.find((ward) => ward.childId === family.childId)).toMatchObject(VIEW_ONLY);
    for (const path of ["/home", "/children", `/children/${family.childId}`, `/children/${family.childId}/budget`, "/approvals", "/family", "/shop", "/more", "/view-as"]) {
      const answer = await mother.open(path);
      const html = await answer.text();
      expect([answer.status, html.includes("You see what Other guardian sees"), html.includes('action="/view-as"')], path).toEqual([200, true, true]);
      expect(html, path).not.toContain(strangeChild);
      expect(answer.headers.get("Server-Timing"), path).toMatch(/"[12] trips/);
    }
    for (const path of ["/inbox", "/settings", "/settings/security", "/settings/profile", "/finance", "/finance/methods", "/family/people", "/family/people/invite", "/family/people/contacts", `/children/${strangeChild}`]) {
      const answer = await mother.open(path);
      expect(answer.status, path).toBeGreaterThanOrEqual(403);
      expect(await answer.text(), path).toContain('action="/view-as"');
    }
  });

  test("sees as many waiting approvals as the other may decide of shared children, and none of a child that is not the viewer's", async () => {
    const ask = (childId: string, at: number) => ctx.db.insert(purchaseRequests).values({
      id: ctx.ids.make("pur"), studentId: childId, familyId: family.familyId, schoolId: family.schoolId, planId: family.planId, requestedBy: childId, planName: "Ten hours", amount: 100, currency: "KES", band: "single",
      status: "pending", createdAt: at, expiresAt: at + 3_600_000, remindAt: at + 1_800_000,
    });
    const now = Date.now();
    for (const [childId, at] of [[family.childId, now], [family.childId, now], [family.siblingId, now], [strangeChild, now], [family.childId, now - 7_200_000]] as const) await ask(childId, at);
    await ctx.db.update(guardianships).set(VIEW_ONLY).where(and(eq(guardianships.guardianId, family.otherGuardianId), eq(guardianships.childId, family.siblingId)));
    const mother = await browserOf(family.guardianId);
    await mother.look(family.otherGuardianId);
    expect((await mother.actor()).counts).toEqual({ approvals: 2, notifications: 0, messages: 0 });
    const html = await (await mother.open("/approvals")).text();
    expect(html).toMatch(/class="badge">2</);
    expect(html).not.toContain(strangeChild);
    await mother.post("/view-as", { act: "end" });
    await mother.look(family.viewerId);
    expect((await mother.actor()).counts.approvals).toBe(0);
  });

  test("writes nothing by any page or endpoint but the way out", async () => {
    const mother = await browserOf(family.guardianId);
    await mother.look(family.otherGuardianId);
    const before = await fingerprint();
    for (const path of anywhere().filter((each) => !/^\/(view-as|sign-out|sign-in)/.test(each))) {
      const answer = await mother.post(path, { act: "change", answer: "accept", name: "x" });
      expect(answer.status, path).toBe(403);
      expect(await answer.text(), path).toContain("Nothing was changed");
    }
    expect((await mother.look(family.viewerId)).status).toBe(403);
    for (const path of ["/api/v1/me", "/api/v1/notifications", "/api/v1/children"]) {
      const answer = await mother.open(path);
      expect(answer.status, path).toBe(403);
    }
    expect(await fingerprint()).toBe(before);
    expect((await mother.post("/view-as", { act: "end" })).status).toBe(303);
    expect((await mother.actor()).userId).toBe(family.guardianId);
    expect((await mother.open("/inbox")).status).toBe(200);
  });

  test("is written down, beginning and end, and stands in the access log of each child", async () => {
    const mother = await browserOf(family.guardianId);
    await mother.look(family.otherGuardianId);
    await mother.open(`/children/${family.childId}`);
    await mother.post("/view-as", { act: "end" });
    const events = await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.subjectId, family.otherGuardianId), eq(auditEvents.childId, family.childId)));
    expect(events.map(({ action, actorId }) => [action, actorId])).toEqual([["view_as.begun", family.guardianId], ["view_as.ended", family.guardianId]]);
    expect(await ctx.db.select().from(accessLog).where(and(eq(accessLog.childId, family.childId), eq(accessLog.viewerId, family.guardianId))).orderBy(accessLog.dataType))
      .toMatchObject([{ capacity: "view_as", dataType: "contact", count: 1 }, { capacity: "view_as", dataType: "profile", count: 2 }]);
    expect(await ctx.db.select().from(accessLog).where(eq(accessLog.viewerId, family.otherGuardianId))).toEqual([]);
  });

  test("is left again without a trace by who looks through nobody's eyes", async () => {
    const mother = await browserOf(family.guardianId);
    await endView(ctx, await mother.actor());
    expect(await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.actorId, family.guardianId), eq(auditEvents.action, "view_as.ended")))).toEqual([]);
    await mother.look(family.otherGuardianId);
    await endView(ctx, await mother.actor());
    await endView(ctx, await mother.actor());
    expect((await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.actorId, family.guardianId), eq(auditEvents.action, "view_as.ended")))).map(({ childId }) => childId).sort()).toEqual([family.childId, family.siblingId].sort());
  });

  test("ends by itself after half an hour, and at once when the right ends", async () => {
    const mother = await browserOf(family.guardianId);
    await mother.look(family.otherGuardianId);
    const [{ viewAsUntil } = { viewAsUntil: null }] = await ctx.db.select().from(sessions).where(eq(sessions.viewAsId, family.otherGuardianId));
    expect((await mother.actor(viewAsUntil! - 1)).userId).toBe(family.otherGuardianId);
    expect((await mother.actor(viewAsUntil!)).userId).toBe(family.guardianId);
    expect(viewAsUntil! - Date.now()).toBeLessThanOrEqual(VIEW_LIFE);
    await ctx.db.update(guardianships).set({ isPrimary: false }).where(eq(guardianships.guardianId, family.guardianId));
    expect(await mother.actor()).toMatchObject({ userId: family.guardianId, viewedBy: null });
    await ctx.db.update(guardianships).set({ isPrimary: true }).where(and(eq(guardianships.guardianId, family.guardianId), eq(guardianships.childId, family.childId)));
    expect((await mother.actor()).wards.map((ward) => ward.childId)).toEqual([family.childId]);
    await ctx.db.update(users).set({ status: "deactivated" }).where(eq(users.id, family.otherGuardianId));
    expect(await mother.actor()).toMatchObject({ userId: family.guardianId, viewedBy: null });
  });

  test("begins only with a step-up, in a browser, for a guardian of a child whose primary guardian one is", async () => {
    expect((await (await browserOf(family.guardianId, false)).look(family.otherGuardianId)).status).toBe(403);
    for (const [who, whom] of [[family.otherGuardianId, family.guardianId], [family.guardianId, (await makeFamily(ctx)).guardianId], [family.guardianId, family.guardianId], [family.guardianId, family.childId], [family.childId, family.guardianId]] as const) {
      const browser = await browserOf(who);
      expect([(await browser.look(whom)).status, (await browser.open(`/view-as?person=${whom}`)).status]).toEqual([404, 404]);
      expect((await browser.actor()).viewedBy).toBeNull();
    }
    const bearer = await signedIn(ctx, family.guardianId, { steppedUp: true });
    await ctx.db.update(sessions).set({ viewAsId: family.otherGuardianId, viewAsUntil: Date.now() + VIEW_LIFE }).where(eq(sessions.tokenHash, await hashToken(bearer)));
    expect(await findActorByToken(ctx.db, await hashToken(bearer), Date.now(), through)).toMatchObject({ userId: family.guardianId, viewedBy: null });
  });

  test("is not shown a family or child from which they are kept away themselves", async () => {
    const mother = await browserOf(family.guardianId);
    await ctx.db.insert(restrictions).values({ id: ctx.ids.make("rest"), childId: family.siblingId, personId: family.guardianId, schoolId: family.schoolId, reason: "Court", setBy: family.adminId, startsAt: 1, createdAt: 1 });
    await mother.look(family.otherGuardianId);
    expect(await mother.actor()).toMatchObject({ userId: family.otherGuardianId, familyIds: [], wards: [{ childId: family.childId }] });
    const html = await (await mother.open(`/children/${family.childId}`)).text();
    expect(html).not.toContain(family.siblingId);
  });
});

describe("FAM-10: the school's administration", () => {
  test("sees a guardian's view of its own students only, without what the family does not share with it", async () => {
    const admin = await browserOf(family.adminId);
    await ctx.db.insert(consents).values({ childId: family.childId, dataType: "progress", recipient: "school_administration", granted: false, setBy: family.guardianId, setAt: 1 });
    expect((await admin.look(family.otherGuardianId)).status).toBe(303);
    const seen = await admin.actor();
    expect(seen.wards.map((ward) => ward.childId).sort()).toEqual([family.childId, family.siblingId].sort());
    const closed = new Map(seen.wards.map((ward) => [ward.childId, ward.closed]));
    expect(closed.get(family.childId)).toEqual(expect.arrayContaining(["mood", "chat_content", "media", "insights", "progress"]));
    expect(closed.get(family.siblingId)).not.toContain("progress");
    expect(seen.memberships).toEqual([]);
    expect((await admin.open("/admin")).status).toBe(403);
    const other = await browserOf((await makeFamily(ctx)).adminId);
    expect((await other.look(family.otherGuardianId)).status).toBe(404);
  });
});
