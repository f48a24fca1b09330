import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { guardianships } from "#db/schema/families.ts";
import { acceptInvitation } from "#app/domain/families/answer-invitation.server.ts";
import { changeGuardianship } from "#app/domain/families/change-guardianship.server.ts";
import { endGuardianship } from "#app/domain/families/end-guardianship.server.ts";
import { makePairingCode } from "#app/domain/families/invite-to-family.server.ts";
import { lendRights } from "#app/domain/families/lend-rights.server.ts";
import { PRESETS, grantOf, isPartOf, presetOf } from "#app/domain/families/presets.ts";
import { DAY } from "#app/domain/clock.ts";
import { actorOf, ALL_RIGHTS, api, makeFamily, makeGuardianship, makeUser, signedIn, testContext, VIEW_ONLY, type TestContext } from "#tests/world.ts";
import { familyMembers } from "#db/schema/families.ts";

const APPROVE = { ...VIEW_ONLY, canViewProgress: false, canApprovePurchases: true };

/** A family in which an aunt lives who is nobody's guardian. */
async function household() {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const auntId = await makeUser(ctx, "adult", "Aunt");
  await ctx.db.insert(familyMembers).values({ familyId: family.familyId, userId: auntId, role: "guardian", joinedAt: 1 });
  const idOf = async (guardianId: string) => (await ctx.db.select().from(guardianships).where(and(eq(guardianships.guardianId, guardianId), eq(guardianships.childId, family.childId), eq(guardianships.active, true))))[0]!.id;
  const lend = async (lenderId: string, more: object = {}) =>
    lendRights(ctx, await actorOf(ctx, lenderId, { steppedUp: true }), await idOf(lenderId), { guardianId: auntId, rights: APPROVE, relationship: "other", endsAt: ctx.clock.now() + 7 * DAY, ...more });
  const auntOf = async () => (await actorOf(ctx, auntId)).wards;
  return { ctx, family, auntId, idOf, lend, auntOf };
}
const manage = async (ctx: TestContext, userId: string) => actorOf(ctx, userId, { steppedUp: true });

describe("FAM-7: rights lent for a time", () => {
  test("begin and end by their dates, the end exclusive, and hold no more than what was lent", async () => {
    const { ctx, family, lend, auntOf } = await household();
    const now = ctx.clock.now();
    await lend(family.otherGuardianId, { startsAt: now + DAY, endsAt: now + 2 * DAY });
    const at = async (instant: number) => {
      ctx.setNow(instant);
      return auntOf();
    };
    expect(await at(now)).toEqual([]);
    expect(await at(now + DAY)).toMatchObject([{ childId: family.childId, ...APPROVE, isPrimary: false }]);
    expect(await at(now + 2 * DAY - 1)).toHaveLength(1);
    expect(await at(now + 2 * DAY)).toEqual([]);
    // What ran out does not stand in the way of lending again.
    await lend(family.otherGuardianId, { endsAt: now + 3 * DAY });
    expect(await auntOf()).toHaveLength(1);
  });

  test("never exceed the lender's own, nor outlive them, nor are they lent on", async () => {
    const { ctx, family, lend, auntId, idOf } = await household();
    await expect(lend(family.viewerId)).rejects.toMatchObject({ fields: [{ path: "rights" }] });
    await expect(lend(family.viewerId, { rights: { ...VIEW_ONLY, canViewProgress: false } })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(lend(family.otherGuardianId, { endsAt: ctx.clock.now() })).rejects.toMatchObject({ fields: [{ path: "endsAt" }] });
    await expect(lend(family.otherGuardianId, { endsAt: ctx.clock.now() + 400 * DAY })).rejects.toMatchObject({ fields: [{ path: "endsAt" }] });
    await ctx.db.update(guardianships).set({ endsAt: ctx.clock.now() + DAY }).where(eq(guardianships.id, await idOf(family.otherGuardianId)));
    await expect(lend(family.otherGuardianId)).rejects.toMatchObject({ fields: [{ path: "endsAt", message: "lent_too_long" }] });
    await lend(family.otherGuardianId, { endsAt: ctx.clock.now() + DAY });
    const stranger = await makeUser(ctx, "adult");
    await ctx.db.insert(familyMembers).values({ familyId: family.familyId, userId: stranger, role: "guardian", joinedAt: 1 });
    await expect(lendRights(ctx, await manage(ctx, auntId), await idOf(auntId), { guardianId: stranger, rights: APPROVE, relationship: "other", endsAt: ctx.clock.now() + 1000 })).rejects.toMatchObject({ code: "conflict", reason: "not_yours_to_lend" });
    await expect(lendRights(ctx, await manage(ctx, family.viewerId), await idOf(family.otherGuardianId), { guardianId: stranger, rights: VIEW_ONLY, relationship: "other", endsAt: ctx.clock.now() + 1000 })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("shrink and end with the lender's own", async () => {
    const { ctx, family, lend, auntOf, idOf } = await household();
    await lend(family.otherGuardianId, { rights: { ...APPROVE, canViewProgress: true } });
    const primary = await manage(ctx, family.guardianId);
    await changeGuardianship(ctx, primary, await idOf(family.otherGuardianId), { preset: "viewer" });
    expect(await auntOf()).toMatchObject([VIEW_ONLY]);
    const endsAt = ctx.clock.now() + DAY;
    await changeGuardianship(ctx, primary, await idOf(family.otherGuardianId), { endsAt });
    ctx.setNow(endsAt);
    expect(await auntOf()).toEqual([]);
    ctx.setNow(endsAt - 1);
    expect(await auntOf()).toHaveLength(1);
    await endGuardianship(ctx, await manage(ctx, family.otherGuardianId), await idOf(family.otherGuardianId));
    expect(await auntOf()).toEqual([]);
  });

  test("are ended early by who lent them, never become primary, and are not changed", async () => {
    const { ctx, family, lend, auntOf, idOf, auntId } = await household();
    const id = await lend(family.otherGuardianId);
    const token = await signedIn(ctx, family.guardianId, { steppedUp: true });
    expect((await api("PUT", `/guardianships/${id}/primary`, { token })).status).toBe(409);
    expect((await api("PATCH", `/guardianships/${id}`, { token, body: { preset: "full" } })).status).toBe(409);
    expect((await api("DELETE", `/guardianships/${id}`, { token: await signedIn(ctx, family.viewerId, { steppedUp: true }) })).status).toBe(403);
    const history = (await (await api("GET", `/guardianships/${id}/history`, { token })).json()) as { items: { action: string }[] };
    expect(history.items.map((event) => event.action)).toEqual(["guardianship.lent"]);
    expect(await (await api("GET", `/guardianships/${id}`, { token })).json()).toMatchObject({ delegatedBy: family.otherGuardianId });
    expect((await api("DELETE", `/guardianships/${id}`, { token: await signedIn(ctx, family.otherGuardianId, { steppedUp: true }) })).status).toBe(204);
    expect(await auntOf()).toEqual([]);
    expect(await lend(family.otherGuardianId)).not.toBe(id);
    await expect(lend(family.guardianId)).rejects.toMatchObject({ reason: "already_guardian" });
    expect(await idOf(auntId)).toBeTruthy();
  });

  test("go to an adult of the child's family only, with a step-up, of the one child only", async () => {
    const { ctx, family, auntOf, idOf, auntId, lend } = await household();
    const stranger = await makeUser(ctx, "adult");
    await expect(lend(family.otherGuardianId, { guardianId: stranger })).rejects.toMatchObject({ fields: [{ path: "guardianId" }] });
    const body = { guardianId: auntId, rights: APPROVE, endsAt: new Date(Date.now() + DAY).toISOString() };
    const own = await idOf(family.otherGuardianId);
    expect((await api("POST", `/guardianships/${own}/loans`, { token: await signedIn(ctx, family.otherGuardianId), body })).status).toBe(403);
    const lent = await api("POST", `/guardianships/${own}/loans`, { token: await signedIn(ctx, family.otherGuardianId, { steppedUp: true }), body });
    expect([lent.status, await lent.json()]).toMatchObject([201, { rights: APPROVE, delegatedBy: family.otherGuardianId, isPrimary: false }]);
    ctx.setNow(Date.now());
    expect((await auntOf()).map((ward) => ward.childId)).toEqual([family.childId]);
  });
});

describe("FAM-7: presets", () => {
  test("fill the four rights and are told back", () => {
    for (const preset of PRESETS) expect(presetOf(grantOf(preset, VIEW_ONLY))).toBe(preset);
    expect(presetOf({ ...VIEW_ONLY, canTalkWithTeachers: true, contactAs: null })).toBeNull();
    expect(isPartOf(VIEW_ONLY, ALL_RIGHTS)).toBe(true);
    expect(isPartOf(ALL_RIGHTS, VIEW_ONLY)).toBe(false);
  });

  test("a contact with an account has no right, does not count as a lasting guardian, and becomes one when given rights", async () => {
    const { ctx, family, idOf } = await household();
    const primary = await signedIn(ctx, family.guardianId, { steppedUp: true });
    const id = await idOf(family.viewerId);
    expect(await (await api("PATCH", `/guardianships/${id}`, { token: primary, body: { preset: "pick_up" } })).json()).toMatchObject({ preset: "pick_up", rights: { canApprovePurchases: false, canViewProgress: false } });
    expect((await api("GET", `/children/${family.childId}/budget`, { token: await signedIn(ctx, family.viewerId) })).status).toBe(403);
    expect((await api("PUT", `/guardianships/${id}/primary`, { token: primary })).status).toBe(409);
    expect(await (await api("PATCH", `/guardianships/${id}`, { token: primary, body: { rights: ALL_RIGHTS } })).json()).toMatchObject({ preset: "full" });
    expect((await api("PATCH", `/guardianships/${await idOf(family.guardianId)}`, { token: primary, body: { preset: "emergency" } })).status).toBe(409);
  });

  test("dates: a guardianship can be given an end, and begin later; what began is not put off", async () => {
    const { ctx, family, auntId, auntOf, idOf } = await household();
    const token = await signedIn(ctx, family.guardianId, { steppedUp: true });
    const iso = (instant: number) => new Date(instant).toISOString();
    const now = ctx.clock.now();
    const made = await api("POST", "/guardianships", { token, body: { childId: family.childId, guardianId: auntId, relationship: "other", preset: "full", startsAt: iso(now + DAY) } });
    expect(made.status).toBe(201);
    expect(await auntOf()).toEqual([]);
    ctx.setNow(now + DAY);
    expect(await auntOf()).toMatchObject([ALL_RIGHTS]);
    ctx.setNow(now);
    const id = await idOf(auntId);
    expect((await api("PATCH", `/guardianships/${id}`, { token, body: { startsAt: iso(now + 2 * DAY), endsAt: iso(now + DAY) } })).status).toBe(400);
    expect((await api("PATCH", `/guardianships/${id}`, { token, body: { startsAt: iso(now + 2 * DAY), endsAt: iso(now + 3 * DAY) } })).status).toBe(200);
    expect((await api("PATCH", `/guardianships/${await idOf(family.viewerId)}`, { token, body: { startsAt: iso(now + DAY) } })).status).toBe(400);
    expect((await api("PATCH", `/guardianships/${await idOf(family.guardianId)}`, { token, body: { endsAt: iso(now + DAY) } })).status).toBe(409);
    await makeGuardianship(ctx, auntId, family.siblingId);
  });
});

describe("FAM-7: rights lent by an invitation", () => {
  test("begin with its acceptance unless it names a later day, and end on theirs", async () => {
    const { ctx, family } = await household();
    const now = ctx.clock.now();
    const endsAt = now + 7 * DAY;
    const accepted = async (lend: { startsAt?: number; endsAt: number }) => {
      const { code } = await makePairingCode(ctx, await manage(ctx, family.guardianId), { familyId: family.familyId, childIds: [family.childId], relationship: "other", rights: APPROVE, joinsFamily: false, lend });
      const sitter = await makeUser(ctx, "adult");
      await acceptInvitation(ctx, await actorOf(ctx, sitter), code);
      return (await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, sitter)))[0];
    };
    expect(await accepted({ endsAt })).toMatchObject({ startsAt: now, endsAt, delegatedBy: family.guardianId, ...APPROVE });
    expect(await accepted({ startsAt: now + DAY, endsAt })).toMatchObject({ startsAt: now + DAY, endsAt });
  });

  test("of a child without a primary guardian concern nobody else, and their dates are not changed, only ended", async () => {
    const { ctx, family, lend, auntOf } = await household();
    await ctx.db.update(guardianships).set({ isPrimary: false }).where(eq(guardianships.childId, family.childId));
    const id = await lend(family.otherGuardianId);
    expect(await auntOf()).toMatchObject([APPROVE]);
    await ctx.db.update(guardianships).set({ isPrimary: true }).where(and(eq(guardianships.childId, family.childId), eq(guardianships.guardianId, family.guardianId)));
    const primary = await manage(ctx, family.guardianId);
    await expect(changeGuardianship(ctx, primary, id, { endsAt: ctx.clock.now() + DAY })).rejects.toMatchObject({ code: "conflict", reason: "lent_is_ended" });
    await endGuardianship(ctx, primary, id);
    await expect(endGuardianship(ctx, primary, id)).rejects.toMatchObject({ code: "conflict", reason: "guardianship_over" });
  });
});
