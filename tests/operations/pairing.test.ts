import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { familyInvitations, familyMembers, guardianships } from "#db/schema/families.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { acceptInvitation, declineInvitation } from "#app/domain/families/answer-invitation.server.ts";
import { makePairingCode } from "#app/domain/families/invite-to-family.server.ts";
import { PAIRING_LETTERS, pairingCodeOf, shownCode } from "#app/domain/families/rules.ts";
import { DAY, HOUR } from "#app/domain/clock.ts";
import { actorOf, api, makeFamily, makeUser, runJobs, signedIn, testContext, unique, VIEW_ONLY } from "#tests/world.ts";
import { Visitor } from "#tests/visitor.ts";
import { visitor } from "#tests/visit.ts";

async function pairing(more: object = {}) {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const token = await signedIn(ctx, family.guardianId, { steppedUp: true });
  const make = async (body: object = {}) => (await (await api("POST", "/family-invitations/pairing-codes", { token, body: { familyId: family.familyId, relationship: "parent", ...more, ...body } })).json()) as { id: string; code: string };
  const accept = async (userId: string, code: string) => api("POST", `/family-invitations/${encodeURIComponent(code)}/acceptance`, { token: await signedIn(ctx, userId) });
  return { ctx, family, token, make, accept };
}

test("FAM-8: a pairing code is short, easy to tell, stored as a hash, works once and makes a guardian", async () => {
  const { ctx, family, make, accept } = await pairing({ childIds: undefined });
  const { id, code } = await make({ preset: "payer" });
  expect(code).toMatch(new RegExp(`^[${PAIRING_LETTERS}]{4}-[${PAIRING_LETTERS}]{4}$`));
  const rows = JSON.stringify([await ctx.db.select().from(familyInvitations), await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))]);
  expect(rows).not.toContain(code.replace("-", ""));
  const [father, late] = [await makeUser(ctx, "adult"), await makeUser(ctx, "adult")];
  // As people type it.
  const accepted = await accept(father, ` ${code.toLowerCase().replace("-", " ")} `);
  expect([accepted.status, await accepted.json()]).toEqual([200, { familyId: family.familyId }]);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, father))).toMatchObject([{ canApprovePurchases: true, canViewProgress: false }, { canApprovePurchases: true }]);
  const [used, wrong] = [await accept(late, code), await accept(late, "ACDE-3467")];
  expect([used.status, await used.text()]).toEqual([wrong.status, await wrong.text()]);
  expect(used.status).toBe(404);
  expect((await accept(father, code)).status).toBe(200);
});

test("FAM-8: a code that ran out or was taken back answers like a wrong one; the end is exclusive", async () => {
  const { ctx, family, token, make } = await pairing();
  const admin = await actorOf(ctx, family.guardianId, { steppedUp: true });
  const { code } = await makePairingCode(ctx, admin, { familyId: family.familyId, relationship: "parent", rights: VIEW_ONLY, joinsFamily: true });
  const now = ctx.clock.now();
  const person = await actorOf(ctx, await makeUser(ctx, "adult"));
  ctx.setNow(now + DAY);
  await expect(acceptInvitation(ctx, person, code)).rejects.toMatchObject({ code: "not_found", reason: "code_wrong" });
  ctx.setNow(now + DAY - 1);
  await expect(acceptInvitation(ctx, person, code)).resolves.toBe(family.familyId);
  ctx.setNow(now);
  const cancelled = await make();
  expect((await api("DELETE", `/family-invitations/${cancelled.id}`, { token })).status).toBe(204);
  await expect(acceptInvitation(ctx, person, cancelled.code)).rejects.toMatchObject({ code: "not_found", reason: "code_wrong" });
});

test("FAM-8: guessing is limited for each person, whatever they guess", async () => {
  const { ctx, make, accept } = await pairing();
  const guesser = await makeUser(ctx, "adult");
  const statuses: number[] = [];
  for (let n = 0; n < 21; n++) statuses.push((await accept(guesser, `ACDE346${PAIRING_LETTERS[n]!}`)).status);
  expect(statuses.slice(0, 20).every((status) => status === 404)).toBe(true);
  expect(statuses[20]).toBe(429);
  const { code } = await make();
  expect((await accept(guesser, code)).status).toBe(429);
  ctx.setNow(Date.now() + 2 * HOUR);
  await expect(acceptInvitation(ctx, await actorOf(ctx, guesser), code)).resolves.toBeTruthy();
});

test("FAM-8: the pages: made once with a picture, typed at /join, nothing shown to a stranger, both sides told what they share", async () => {
  const { ctx, family } = await pairing();
  const mother = await visitor(ctx, family.guardianId, { steppedUp: true });
  const form = { act: "code", familyId: family.familyId, relationship: "parent", preset: "full", [`child.${family.childId}`]: "yes" };
  const made = await (await mother.post("/family/people/invite?by=code", form)).text();
  const code = /<code>([A-Z0-9-]+)<\/code>/.exec(made)![1]!;
  expect(made).toContain("<svg class=\"qr\"");
  expect(await (await mother.open("/family/people")).text()).not.toContain(code);
  const stranger = new Visitor();
  const typed = await stranger.post("/join", { code: code.toLowerCase() });
  expect([typed.status, typed.headers.get("Location")]).toEqual([303, `/join/${pairingCodeOf(code)!}`]);
  expect((await stranger.post("/join", { code: "hello" })).status).toBe(400);
  const shut = await (await stranger.get(`/join/${pairingCodeOf(code)!}`)).text();
  expect(shut).toContain("/sign-in?to=");
  expect(shut).not.toContain("Guardian");
  const father = await visitor(ctx, await makeUser(ctx, "adult"));
  const offer = await (await father.open(`/join/${pairingCodeOf(code)!}`)).text();
  expect(offer).toContain("You become a guardian of Child.");
  expect(offer).toContain("You do not join the family itself");
  expect(offer).not.toContain("Sibling");
  expect((await father.post(`/join/${pairingCodeOf(code)!}`, { answer: "accept" })).headers.get("Location")).toBe("/family/people?done=linked");
  expect((await father.open(`/join/${pairingCodeOf(code)!}`)).status).toBe(404);
});

test("FAM-8, 7.17: without joining, a parent who lives elsewhere gets the child and nothing of the family", async () => {
  const { ctx, family, make, accept } = await pairing();
  const { code } = await make({ joinsFamily: false, childIds: [family.childId], preset: "full" });
  const father = await makeUser(ctx, "adult");
  expect(await (await accept(father, code)).json()).toEqual({ familyId: null });
  ctx.setNow(Date.now());
  const actor = await actorOf(ctx, father);
  expect([actor.wards.map((ward) => ward.childId), actor.familyIds]).toEqual([[family.childId], []]);
  expect(await ctx.db.select().from(familyMembers).where(eq(familyMembers.userId, father))).toEqual([]);
  const get = async (path: string) => (await api("GET", path, { token: await signedIn(ctx, father) })).status;
  expect([await get(`/children/${family.childId}`), await get(`/children/${family.siblingId}`), await get(`/families/${family.familyId}`)]).toEqual([200, 404, 404]);
});

test("FAM-7, FAM-8: an invited person is lent rights by a guardian who is not the primary one, and only theirs", async () => {
  const { ctx, family } = await pairing();
  const lender = await signedIn(ctx, family.viewerId, { steppedUp: true });
  const offer = (body: object) => api("POST", "/family-invitations/pairing-codes", { token: lender, body: { familyId: family.familyId, relationship: "other", ...body } });
  const lend = { endsAt: new Date(Date.now() + DAY).toISOString() };
  expect((await offer({ preset: "full", lend })).status).toBe(400);
  expect((await offer({ preset: "viewer" })).status).toBe(403);
  const { code } = (await (await offer({ preset: "viewer", lend, childIds: [family.childId] })).json()) as { code: string };
  const aunt = await makeUser(ctx, "adult");
  expect((await api("POST", `/family-invitations/${code}/acceptance`, { token: await signedIn(ctx, aunt) })).status).toBe(200);
  const rows = await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, aunt));
  expect(rows).toMatchObject([{ childId: family.childId, ...VIEW_ONLY, delegatedBy: family.viewerId, endsAt: Date.parse(lend.endsAt) }]);
  await ctx.db.update(guardianships).set({ active: false }).where(and(eq(guardianships.guardianId, family.viewerId), eq(guardianships.childId, family.siblingId)));
  expect((await offer({ preset: "viewer", lend, childIds: [family.siblingId] })).status).toBe(400);
});

test("FAM-8: mailed again: a new link, the old one void, not more than three times a day", async () => {
  const { ctx, family, token } = await pairing();
  const email = `${unique("aunt")}@example.test`;
  const { id } = (await (await api("POST", "/family-invitations", { token, body: { familyId: family.familyId, name: "Aunt", email, relationship: "other" } })).json()) as { id: string };
  const links = async () => {
    ctx.setNow(Date.now());
    await runJobs(ctx);
    return (await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email))).map((mail) => /\/join\/([\w-]+)/.exec(mail.body)![1]!);
  };
  const [first] = await links();
  const again = async () => (await api("POST", `/family-invitations/${id}/resend`, { token })).status;
  expect(await again()).toBe(200);
  const second = (await links()).find((code) => code !== first)!;
  const aunt = await makeUser(ctx, "adult");
  const accept = async (code: string) => (await api("POST", `/family-invitations/${code}/acceptance`, { token: await signedIn(ctx, aunt) })).status;
  expect([await accept(first!), await accept(second)]).toEqual([404, 200]);
  expect(await again()).toBe(409);
  expect((await api("POST", `/family-invitations/${id}/resend`, { token: await signedIn(ctx, family.otherGuardianId) })).status).toBe(404);
  const other = (await (await api("POST", "/family-invitations", { token, body: { familyId: family.familyId, name: "Uncle", email: `${unique("uncle")}@example.test`, relationship: "other" } })).json()) as { id: string };
  const times: number[] = [];
  for (let n = 0; n < 4; n++) times.push((await api("POST", `/family-invitations/${other.id}/resend`, { token })).status);
  expect(times).toEqual([200, 200, 200, 429]);
});

test("FAM-8: what is typed is read without gaps, dashes and capitals, and nothing else is", () => {
  expect(pairingCodeOf("acde 34-67")).toBe("ACDE3467");
  for (const typed of ["", "ACDE346", "ACDE34678", "ACDE3460", "ACDE346I", "inv_01J"]) expect(pairingCodeOf(typed), typed).toBeNull();
  expect(pairingCodeOf(shownCode("ACDE3467"))).toBe("ACDE3467");
});

test("FAM-8: a pairing code is tried by whoever is signed in, and by nobody else", async () => {
  const { ctx, family, make } = await pairing();
  const { code } = await make({ preset: "viewer" });
  await expect(declineInvitation(ctx, null, code)).rejects.toMatchObject({ code: "unauthenticated" });
  await declineInvitation(ctx, await actorOf(ctx, await makeUser(ctx, "adult")), code);
  expect(await ctx.db.select({ status: familyInvitations.status }).from(familyInvitations).where(eq(familyInvitations.familyId, family.familyId))).toEqual([{ status: "declined" }]);
});
