import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { familyInvitations, familyMembers, guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { mailboxMessages, notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { DAY } from "#app/domain/clock.ts";
import { acceptInvitation, declineInvitation } from "#app/domain/families/answer-invitation.server.ts";
import { cancelInvitation } from "#app/domain/families/cancel-invitation.server.ts";
import { getInvitation } from "#app/domain/families/list-invitations.server.ts";
import { resendInvitation } from "#app/domain/families/resend-invitation.server.ts";
import { actorOf, api, makeFamily, makeUser, runJobs, signedIn, testContext, unique, VIEW_ONLY, type TestContext } from "#tests/world.ts";

type View = { id: string; status: string; childIds: string[] };

async function inviting(more: object = {}) {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const token = await signedIn(ctx, family.guardianId, { steppedUp: true });
  const email = `${unique("aunt")}@example.test`;
  const invite = (body: object = {}) => api("POST", "/family-invitations", { token, body: { familyId: family.familyId, name: "Aunt", email, relationship: "other", ...more, ...body } });
  return { ctx, family, token, email, invite };
}
async function codeFor(ctx: TestContext, email: string): Promise<string> {
  ctx.setNow(Date.now());
  await runJobs(ctx);
  const mails = await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email));
  return /\/join\/([\w-]+)/.exec(mails.at(-1)!.body)![1]!;
}
const statusOf = async (ctx: TestContext, id: string) => (await ctx.db.select().from(familyInvitations).where(eq(familyInvitations.id, id)))[0]!.status;

test("FAM-8: invited by mail, accepted by the link: member of the family and guardian with the rights named", async () => {
  const { ctx, family, email, invite, token } = await inviting({ rights: VIEW_ONLY });
  const invitation = (await (await invite()).json()) as View;
  expect(invitation).toMatchObject({ status: "pending", childIds: [family.childId, family.siblingId].sort() });
  expect(JSON.stringify(await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, invitation.id)))).not.toContain(email);
  const aunt = await makeUser(ctx, "adult");
  const code = await codeFor(ctx, email);
  const accepted = await api("POST", `/family-invitations/${code}/acceptance`, { token: await signedIn(ctx, aunt) });
  expect([accepted.status, await accepted.json()]).toEqual([200, { familyId: family.familyId }]);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, aunt)).orderBy(guardianships.childId)).toMatchObject([family.childId, family.siblingId].sort().map((childId) => ({ childId, ...VIEW_ONLY, isPrimary: false, active: true, relationship: "other" })));
  expect(await ctx.db.select().from(notifications).where(and(eq(notifications.userId, family.guardianId), eq(notifications.type, "guardianship.changed")))).toHaveLength(2);
  const { items } = (await (await api("GET", "/family-invitations", { token })).json()) as { items: View[] };
  expect(items).toMatchObject([{ id: invitation.id, status: "accepted" }]);
});

test("FAM-8: a link works once, though ten people use it at the same instant", async () => {
  const { ctx, family, email, invite } = await inviting();
  const { id } = (await (await invite()).json()) as View;
  const code = await codeFor(ctx, email);
  const people = await Promise.all(Array.from({ length: 10 }, () => makeUser(ctx, "adult")));
  const answers = await Promise.all(people.map(async (person) => api("POST", `/family-invitations/${code}/acceptance`, { token: await signedIn(ctx, person) })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
  expect(await statusOf(ctx, id)).toBe("accepted");
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.familyId, family.familyId))).toHaveLength(6);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.childId, family.childId))).toHaveLength(4);
  const winner = people[answers.findIndex((answer) => answer.status === 200)]!;
  expect((await api("POST", `/family-invitations/${code}/acceptance`, { token: await signedIn(ctx, winner) })).status).toBe(200);
});

test("FAM-8: the mail goes out once; an account of that proven address can answer from its inbox, another cannot", async () => {
  const { ctx, family, invite } = await inviting();
  const aunt = await makeUser(ctx, "adult");
  const email = (await ctx.db.select().from(users).where(eq(users.id, aunt)))[0]!.email!;
  const { id } = (await (await invite({ email })).json()) as View;
  await codeFor(ctx, email);
  await runJobs(ctx);
  expect(await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email))).toHaveLength(1);
  expect(await ctx.db.select().from(notifications).where(eq(notifications.userId, aunt))).toMatchObject([{ type: "family.invited", path: `/join/${id}` }]);
  const stranger = await signedIn(ctx, await makeUser(ctx, "adult"));
  expect((await api("POST", `/family-invitations/${id}/acceptance`, { token: stranger })).status).toBe(404);
  expect((await api("POST", `/family-invitations/${id}/acceptance`, { token: await signedIn(ctx, aunt) })).status).toBe(200);
  expect(await ctx.db.select().from(familyMembers).where(and(eq(familyMembers.familyId, family.familyId), eq(familyMembers.userId, aunt)))).toHaveLength(1);
});

test("FAM-8: declined, cancelled and expired links open nothing", async () => {
  const { ctx, family, token, email, invite } = await inviting();
  const aunt = await makeUser(ctx, "adult");
  const declined = (await (await invite()).json()) as View;
  const declinedCode = await codeFor(ctx, email);
  await declineInvitation(ctx, null, declinedCode);
  expect(await statusOf(ctx, declined.id)).toBe("declined");

  const cancelled = (await (await invite()).json()) as View;
  const cancelledCode = await codeFor(ctx, email);
  expect((await api("DELETE", `/family-invitations/${cancelled.id}`, { token: await signedIn(ctx, family.otherGuardianId) })).status).toBe(404);
  expect((await api("DELETE", `/family-invitations/${cancelled.id}`, { token })).status).toBe(204);

  const expired = (await (await invite()).json()) as View;
  const expiredCode = await codeFor(ctx, email);
  ctx.setNow(Date.now() + 7 * DAY + 1000);
  for (const code of [declinedCode, cancelledCode, expiredCode]) await expect(acceptInvitation(ctx, await actorOf(ctx, aunt), code)).rejects.toMatchObject({ code: "conflict", reason: "invitation_over" });
  expect(await statusOf(ctx, expired.id)).toBe("pending");
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, aunt))).toEqual([]);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, aunt))).toEqual([]);
});

test("FAM-8: the end is exclusive, and what ran out leaves room for another invitation", async () => {
  const { ctx, email, invite } = await inviting();
  const first = (await (await invite()).json()) as View;
  expect((await invite()).status).toBe(409);
  const code = await codeFor(ctx, email);
  const { expiresAt } = (await ctx.db.select().from(familyInvitations).where(eq(familyInvitations.id, first.id)))[0]!;
  const aunt = await makeUser(ctx, "adult");
  ctx.setNow(expiresAt);
  await expect(acceptInvitation(ctx, await actorOf(ctx, aunt), code)).rejects.toMatchObject({ code: "conflict" });
  ctx.setNow(expiresAt - 1);
  await ctx.db.update(familyInvitations).set({ expiresAt: Date.now() - 1 }).where(eq(familyInvitations.id, first.id));
  expect((await invite()).status).toBe(201);
  expect(await statusOf(ctx, first.id)).toBe("expired");
});

test("FAM-8: the inviter's word counts as it stands at the answer: no longer primary, no guardianship", async () => {
  const { ctx, family, email, invite } = await inviting();
  await invite();
  const code = await codeFor(ctx, email);
  await ctx.db.update(guardianships).set({ isPrimary: false }).where(and(eq(guardianships.childId, family.childId), eq(guardianships.guardianId, family.guardianId)));
  const aunt = await makeUser(ctx, "adult");
  expect((await api("POST", `/family-invitations/${code}/acceptance`, { token: await signedIn(ctx, aunt) })).status).toBe(200);
  expect((await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, aunt))).map((row) => row.childId)).toEqual([family.siblingId]);
});

test("FAM-8: inviting needs a step-up, a primary guardian, and children of one's own", async () => {
  const { ctx, family, invite } = await inviting();
  const body = { familyId: family.familyId, name: "Aunt", email: `${unique("aunt")}@example.test`, relationship: "other" };
  const post = async (userId: string, steppedUp: boolean) => (await api("POST", "/family-invitations", { token: await signedIn(ctx, userId, { steppedUp }), body })).status;
  expect(await post(family.guardianId, false)).toBe(403);
  expect(await post(family.otherGuardianId, true)).toBe(403);
  expect(await post(family.childId, true)).toBe(403);
  expect(await post((await makeFamily(ctx)).guardianId, true)).toBe(404);
  expect((await invite({ childIds: [(await makeFamily(ctx)).childId] })).status).toBe(400);
  expect(await ctx.db.select().from(familyInvitations).where(eq(familyInvitations.familyId, family.familyId))).toEqual([]);
});

test("FAM-8: a child accepts nothing, an inviter not their own, and an unknown code is not found", async () => {
  const { ctx, family, email, invite, token } = await inviting();
  await invite();
  const code = await codeFor(ctx, email);
  expect((await api("POST", `/family-invitations/${code}/acceptance`, { token: await signedIn(ctx, family.childId) })).status).toBe(403);
  expect((await api("POST", `/family-invitations/${code}/acceptance`, { token })).status).toBe(409);
  expect((await api("POST", "/family-invitations/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/acceptance", { token })).status).toBe(404);
});

test("FAM-8: answered, taken back and taken back again: the second time changes nothing, and what is over stays as it is", async () => {
  const { ctx, family, email, invite } = await inviting();
  const guardian = await actorOf(ctx, family.guardianId);
  const acts = async (id: string) => (await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).map(({ action }) => action);
  const declined = (await (await invite()).json()) as View;
  const code = await codeFor(ctx, email);
  for (const times of [1, 2]) await expect(declineInvitation(ctx, null, code), `${times}`).resolves.toBeUndefined();
  expect(await acts(declined.id)).toEqual(["family.invited", "family.invitation_declined"]);
  await expect(cancelInvitation(ctx, guardian, declined.id)).rejects.toMatchObject({ code: "conflict", reason: "invitation_over", extra: { state: "declined" } });
  const cancelled = (await (await invite()).json()) as View;
  for (const times of [1, 2]) await expect(cancelInvitation(ctx, guardian, cancelled.id), `${times}`).resolves.toBeUndefined();
  expect(await acts(cancelled.id)).toEqual(["family.invited", "family.invitation_cancelled"]);
  expect(await getInvitation(ctx, guardian, cancelled.id)).toMatchObject({ status: "cancelled" });
  const other = await actorOf(ctx, family.otherGuardianId);
  for (const id of [cancelled.id, "inv_unknown"]) await expect(getInvitation(ctx, other, id)).rejects.toMatchObject({ code: "not_found" });
});

test("FAM-8: rights alone are nothing to accept once the inviter is primary for none of the children", async () => {
  const { ctx, family, email, invite } = await inviting({ joinsFamily: false });
  await invite();
  const code = await codeFor(ctx, email);
  await ctx.db.update(guardianships).set({ isPrimary: false }).where(eq(guardianships.guardianId, family.guardianId));
  const aunt = await makeUser(ctx, "adult");
  await expect(acceptInvitation(ctx, await actorOf(ctx, aunt), code)).rejects.toMatchObject({ code: "conflict", reason: "invitation_over", extra: { state: "expired" } });
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, aunt))).toEqual([]);
});

test("FAM-8: a mail that a newer one overtook, or that nobody waits for any more, is not sent", async () => {
  const { ctx, family, email, invite } = await inviting();
  const { id } = (await (await invite()).json()) as View;
  ctx.setNow(Date.now());
  await resendInvitation(ctx, await actorOf(ctx, family.guardianId), id);
  await runJobs(ctx);
  const mails = () => ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email));
  expect(await mails()).toHaveLength(1);
  await resendInvitation(ctx, await actorOf(ctx, family.guardianId), id);
  await cancelInvitation(ctx, await actorOf(ctx, family.guardianId), id);
  await runJobs(ctx);
  expect(await mails()).toHaveLength(1);
});
