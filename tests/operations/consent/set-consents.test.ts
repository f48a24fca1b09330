import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { commit } from "#db/client.ts";
import { putConsents, selectConsents } from "#db/consents.ts";
import { consentProposals } from "#db/schema/consent.ts";
import { guardianships } from "#db/schema/families.ts";
import { notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { DAY } from "#app/domain/clock.ts";
import { answerProposal } from "#app/domain/consent/answer-proposal.server.ts";
import { readConsents } from "#app/domain/consent/consent-page.server.ts";
import { cellsNamed } from "#app/domain/consent/inputs.ts";
import { setConsents } from "#app/domain/consent/set-consents.server.ts";
import type { Cell } from "#app/domain/consent/rules.ts";
import { authorizeKnowing, authorizeRead, canRead } from "#app/domain/policy.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { actorOf, makeFamily, NOON, testContext } from "#tests/world.ts";

const ctx = testContext();
const MEDIA: Cell = { dataType: "media", recipient: "teachers" };
const MOOD: Cell = { dataType: "mood", recipient: "teachers" };
const set = (childId: string, cells: Cell[], granted: boolean, more: { until?: number | null; reason?: string | null } = {}) => ({ childId, cells, granted, until: null, reason: null, ...more });
const cellOf = async (readerId: string, childId: string, cell: Cell) => {
  const { cells } = await readConsents(ctx, await actorOf(ctx, readerId), childId);
  return cells.find((one) => one.dataType === cell.dataType && one.recipient === cell.recipient)!;
};
const steppedUp = (userId: string) => actorOf(ctx, userId, { steppedUp: true });

describe("CON-1: one guardian's choice", () => {
  test("opens with date and reason after a proof of identity, and says what was so before, in the same batch", async () => {
    const { childId, guardianId, otherGuardianId } = await makeFamily(ctx);
    await expect(setConsents(ctx, await actorOf(ctx, guardianId), set(childId, [MEDIA], true))).rejects.toMatchObject({ code: "step_up_required" });
    const until = NOON + 7 * DAY;
    expect(await setConsents(ctx, await steppedUp(guardianId), set(childId, [MEDIA], true, { until, reason: "School play" }))).toEqual([{ ...MEDIA, outcome: "done" }]);
    expect(await cellOf(otherGuardianId, childId, MEDIA)).toMatchObject({ open: true, until, reason: "School play", setBy: "Guardian" });
    const [event] = await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.childId, childId), eq(auditEvents.action, "consent.changed")));
    expect(event).toMatchObject({ actorId: guardianId, address: "192.0.2.1", userAgent: "Test browser", details: { reason: "School play", changes: [{ ...MEDIA, from: { granted: false, until: null }, to: { granted: true, until } }] } });
    expect(await ctx.db.select({ userId: notifications.userId }).from(notifications).where(and(eq(notifications.childId, childId), eq(notifications.type, "consent.changed")))).toEqual([{ userId: otherGuardianId }]);
    ctx.setNow(until);
    expect((await cellOf(guardianId, childId, MEDIA)).open).toBe(false);
    ctx.setNow(NOON);
  });

  test("closes at once without any proof; the same again is said to be so already", async () => {
    const { childId, otherGuardianId } = await makeFamily(ctx);
    const cells = cellsNamed("teachers", undefined);
    const plan = await setConsents(ctx, await actorOf(ctx, otherGuardianId), set(childId, cells, false));
    expect(plan.filter(({ outcome }) => outcome === "done").map(({ dataType }) => dataType)).toEqual(["profile", "progress", "assessments", "attendance", "activity"]);
    expect((await setConsents(ctx, await actorOf(ctx, otherGuardianId), set(childId, cells, false))).every(({ outcome }) => outcome === "already")).toBe(true);
  });

  test("is refused to a guardian without all rights, to the child, to strangers, and for a time that is over", async () => {
    const { childId, viewerId, guardianId, adminId } = await makeFamily(ctx);
    for (const userId of [viewerId, childId]) await expect(setConsents(ctx, await steppedUp(userId), set(childId, [MEDIA], true))).rejects.toMatchObject({ code: "forbidden" });
    await expect(setConsents(ctx, await steppedUp(adminId), set(childId, [MEDIA], true))).rejects.toMatchObject({ code: "not_found" });
    await expect(setConsents(ctx, await steppedUp(guardianId), set(childId, [MEDIA], true, { until: NOON }))).rejects.toMatchObject({ fields: [{ path: "until", message: "until_past" }] });
  });

  test("aborts when the right ended between reading and writing", async () => {
    const { childId, otherGuardianId } = await makeFamily(ctx);
    await ctx.db.update(guardianships).set({ canViewProgress: false }).where(and(eq(guardianships.guardianId, otherGuardianId), eq(guardianships.childId, childId)));
    await expect(commit(ctx.db, [putConsents(ctx.db, [MEDIA], { ...set(childId, [], true), setBy: otherGuardianId, now: NOON, until: null, reason: null })])).rejects.toMatchObject({ constraint: "NOT NULL consents.granted" });
    expect(await selectConsents(ctx.db, childId)).toEqual([]);
  });
});

describe("CON-1: cells that need two guardians", () => {
  const proposed = async () => {
    const family = await makeFamily(ctx);
    expect(await setConsents(ctx, await steppedUp(family.guardianId), set(family.childId, [MOOD], true))).toEqual([{ ...MOOD, outcome: "proposed" }]);
    const [proposal] = await ctx.db.select().from(consentProposals).where(eq(consentProposals.childId, family.childId));
    return { ...family, proposalId: proposal!.id };
  };

  test("open when the second one agrees, not before, and not by the proposer", async () => {
    const { childId, guardianId, otherGuardianId, viewerId, proposalId } = await proposed();
    expect((await cellOf(guardianId, childId, MOOD)).open).toBe(false);
    expect(await setConsents(ctx, await steppedUp(otherGuardianId), set(childId, [MOOD], true))).toEqual([{ ...MOOD, outcome: "waiting" }]);
    for (const userId of [guardianId, viewerId]) await expect(answerProposal(ctx, await steppedUp(userId), proposalId, "agreed")).rejects.toMatchObject({ code: "forbidden" });
    await expect(answerProposal(ctx, await actorOf(ctx, otherGuardianId), proposalId, "agreed")).rejects.toMatchObject({ code: "step_up_required" });
    const second = await steppedUp(otherGuardianId);
    await answerProposal(ctx, second, proposalId, "agreed");
    expect((await cellOf(guardianId, childId, MOOD)).open).toBe(true);
    await answerProposal(ctx, second, proposalId, "agreed");
    expect(await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.childId, childId), eq(auditEvents.action, "consent.changed")))).toHaveLength(1);
  });

  test("stay closed when declined, taken back, run out, or closed meanwhile", async () => {
    const declined = await proposed();
    await answerProposal(ctx, await actorOf(ctx, declined.otherGuardianId), declined.proposalId, "declined");
    const back = await proposed();
    await answerProposal(ctx, await actorOf(ctx, back.guardianId), back.proposalId, "withdrawn");
    const closed = await proposed();
    await setConsents(ctx, await actorOf(ctx, closed.otherGuardianId), set(closed.childId, [MOOD], false));
    const late = await proposed();
    ctx.setNow(NOON + 14 * DAY);
    for (const { otherGuardianId, proposalId } of [declined, back, closed, late]) await expect(answerProposal(ctx, await steppedUp(otherGuardianId), proposalId, "agreed")).rejects.toMatchObject({ code: "conflict" });
    expect(await setConsents(ctx, await steppedUp(late.otherGuardianId), set(late.childId, [MOOD], true))).toEqual([{ ...MOOD, outcome: "proposed" }]);
    // What made room for the new one is written down.
    expect(await ctx.db.select({ about: auditEvents.subjectId }).from(auditEvents).where(and(eq(auditEvents.childId, late.childId), eq(auditEvents.action, "consent.expired")))).toEqual([{ about: late.proposalId }]);
    ctx.setNow(NOON);
  });

  test("open at once for the only guardian who may", async () => {
    const { childId, guardianId, otherGuardianId } = await makeFamily(ctx);
    await ctx.db.update(guardianships).set({ active: false }).where(and(eq(guardianships.guardianId, otherGuardianId), eq(guardianships.childId, childId)));
    expect(await setConsents(ctx, await steppedUp(guardianId), set(childId, [MOOD], true))).toEqual([{ ...MOOD, outcome: "done" }]);
  });

  test("of two who answer at the same instant one is heard", async () => {
    const { childId, guardianId, otherGuardianId, proposalId } = await proposed();
    const [first, second] = [await steppedUp(otherGuardianId), await steppedUp(guardianId)];
    const outcomes = await Promise.allSettled([answerProposal(ctx, first, proposalId, "agreed"), answerProposal(ctx, second, proposalId, "withdrawn")]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [row] = await ctx.db.select().from(consentProposals).where(eq(consentProposals.id, proposalId));
    expect((await cellOf(guardianId, childId, MOOD)).open).toBe(row!.status === "agreed");
  });
});

describe("CON-1: rights of now", () => {
  test("count though the asker was known with others, for setting and for answering alike", async () => {
    const family = await makeFamily(ctx);
    await setConsents(ctx, await steppedUp(family.guardianId), set(family.childId, [MOOD], true));
    const [proposal] = await ctx.db.select().from(consentProposals).where(eq(consentProposals.childId, family.childId));
    const other = await steppedUp(family.otherGuardianId);
    await ctx.db.update(guardianships).set({ canViewProgress: false }).where(eq(guardianships.guardianId, family.otherGuardianId));
    await expect(setConsents(ctx, other, set(family.childId, [MEDIA], true))).rejects.toMatchObject({ code: "forbidden" });
    await expect(answerProposal(ctx, other, proposal!.id, "agreed")).rejects.toMatchObject({ code: "forbidden" });
    expect((await ctx.db.select().from(consentProposals).where(eq(consentProposals.id, proposal!.id)))[0]!.status).toBe("pending");
  });

  test("a grant whose own end has come meanwhile is not agreed to any more, and can still be declined", async () => {
    const family = await makeFamily(ctx);
    const until = NOON + DAY;
    await setConsents(ctx, await steppedUp(family.guardianId), set(family.childId, [MOOD], true, { until }));
    const [proposal] = await ctx.db.select().from(consentProposals).where(eq(consentProposals.childId, family.childId));
    ctx.setNow(until);
    const other = await steppedUp(family.otherGuardianId);
    await expect(answerProposal(ctx, other, proposal!.id, "agreed")).rejects.toMatchObject({ code: "conflict", reason: "consent_moved" });
    await expect(answerProposal(ctx, other, proposal!.id, "declined")).resolves.toBe(family.childId);
    ctx.setNow(NOON);
  });

  test("one who looks through another's eyes sees no child, and no kind of data, that is not open to themselves; facts of another reader open nothing", async () => {
    const { childId, guardianId, viewerId, adminId } = await makeFamily(ctx);
    const guardian = await actorOf(ctx, guardianId);
    const [row] = await selectChildAccess(ctx.db, guardian, childId, NOON);
    const access = accessOf(row, guardian, NOON)!;
    const through = { ...guardian, viewedBy: { userId: adminId, name: "Admin", until: Infinity } };
    expect([canRead(guardian, access, "mood"), canRead(through, access, "mood")]).toEqual([true, true]);
    const closed = { ...through, wards: through.wards.map((ward) => ({ ...ward, closed: ["mood" as const] })) };
    expect(canRead(closed, access, "mood")).toBe(false);
    expect(() => authorizeRead(closed, access, "mood")).toThrow(expect.objectContaining({ code: "forbidden", reason: "not_shared" }));
    const blind = { ...through, wards: [] };
    expect(canRead(blind, access, "mood")).toBe(false);
    expect(() => authorizeKnowing(blind, access)).toThrow(expect.objectContaining({ code: "not_found" }));
    expect(() => authorizeKnowing({ ...guardian, userId: viewerId }, access)).toThrow("loaded for somebody else");
  });
});
