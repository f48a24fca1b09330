import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { DAY } from "#app/domain/clock.ts";
import { setConsents } from "#app/domain/consent/set-consents.server.ts";
import { addContact } from "#app/domain/contacts/keep-contacts.server.ts";
import { addStudent } from "#app/domain/families/add-student.server.ts";
import { addToFamily } from "#app/domain/families/add-to-family.server.ts";
import { acceptInvitation, declineInvitation } from "#app/domain/families/answer-invitation.server.ts";
import { cancelInvitation } from "#app/domain/families/cancel-invitation.server.ts";
import { changeGuardianship } from "#app/domain/families/change-guardianship.server.ts";
import { createFamily } from "#app/domain/families/create-family.server.ts";
import { createGuardianship } from "#app/domain/families/create-guardianship.server.ts";
import { endGuardianship } from "#app/domain/families/end-guardianship.server.ts";
import { inviteToFamily } from "#app/domain/families/invite-to-family.server.ts";
import { lendRights } from "#app/domain/families/lend-rights.server.ts";
import { makePrimary } from "#app/domain/families/make-primary.server.ts";
import { removeFromFamily } from "#app/domain/families/remove-from-family.server.ts";
import { resendInvitation } from "#app/domain/families/resend-invitation.server.ts";
import { once } from "#app/domain/idempotency.server.ts";
import { liftRestriction } from "#app/domain/restrictions/lift-restriction.server.ts";
import { setRestriction } from "#app/domain/restrictions/set-restriction.server.ts";
import { ConstraintFailure } from "#db/errors.ts";
import { families, familyInvitations, familyMembers, guardianships, restrictions } from "#db/schema/families.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { beforeCommit } from "#tests/before-commit.ts";
import { actorOf, makeFamily, makeUser, testContext, unique, VIEW_ONLY, type Family, type TestContext } from "#tests/world.ts";

type World = { ctx: TestContext; family: Family; guardian: Actor; other: Actor; admin: Actor; aunt: Actor; /** Of the other guardian. */ otherId: string; /** An invitation for the aunt. */ invitationId: string; ends(guardianId: string): Promise<unknown>; handsOver(): Promise<unknown> };

/** A family with an aunt who is a member and nobody's guardian, and who is invited to be one. */
async function world(): Promise<World> {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const auntId = await makeUser(ctx, "adult", "Aunt");
  const [guardian, other, aunt, admin] = [await actorOf(ctx, family.guardianId, { steppedUp: true }), await actorOf(ctx, family.otherGuardianId, { steppedUp: true }), await actorOf(ctx, auntId), await actorOf(ctx, family.adminId, { steppedUp: true })];
  const invitationId = await inviteToFamily(ctx, guardian, { familyId: family.familyId, name: "Aunt", email: aunt.email!, relationship: "other", rights: VIEW_ONLY, joinsFamily: true });
  const of = (guardianId: string) => and(eq(guardianships.guardianId, guardianId), eq(guardianships.childId, family.childId));
  const [row] = await ctx.db.select({ id: guardianships.id }).from(guardianships).where(of(family.otherGuardianId));
  return {
    ctx, family, guardian, other, aunt, admin, otherId: row!.id, invitationId,
    ends: async (guardianId) => ctx.db.update(guardianships).set({ active: false }).where(of(guardianId)),
    handsOver: async () => {
      await ctx.db.update(guardianships).set({ isPrimary: false }).where(of(family.guardianId));
      await ctx.db.update(guardianships).set({ isPrimary: true }).where(of(family.otherGuardianId));
    },
  };
}
const joins = ({ ctx, family, aunt }: World) => ctx.db.insert(familyMembers).values({ familyId: family.familyId, userId: aunt.userId, role: "guardian", joinedAt: 1 });
const becomes = ({ ctx, invitationId }: World, status: "cancelled" | "declined") => ctx.db.update(familyInvitations).set({ status }).where(eq(familyInvitations.id, invitationId));
const week = (ctx: TestContext) => ({ endsAt: ctx.clock.now() + 7 * DAY });
const media = (childId: string) => ({ childId, cells: [{ dataType: "media" as const, recipient: "teachers" as const }], granted: true, until: null, reason: null });
const uncle = { name: "Uncle", email: `${unique("uncle")}@example.test`, relationship: "other" as const, rights: VIEW_ONLY, joinsFamily: true };
const driver = { name: "Juma", relationship: "driver", phone: "+254712345678", isEmergency: false, mayPickUp: true, note: null };

type Race = {
  /** What else happens meanwhile. */
  event: (at: World) => Promise<unknown>;
  /** By whom, in a context in which it does. */
  act: (at: World, ctx: TestContext) => Promise<unknown>;
  who: "guardian" | "other" | "aunt" | "admin";
  refusal: object;
};
const conflict = (reason: string) => ({ code: "conflict", reason });

test.each<[string, Race]>([
  ["FAM-3: a child that is no longer one's own comes into no family", {
    who: "guardian", event: ({ ends, family }) => ends(family.guardianId), refusal: { code: "not_found" },
    act: async (at, ctx) => {
      const home = ctx.ids.make("fam");
      await at.ctx.db.insert(families).values({ id: home, name: "Second home", currency: "KES", timeZone: "Africa/Nairobi", preferredProgrammes: [], createdAt: 1 });
      await at.ctx.db.insert(familyMembers).values({ familyId: home, userId: at.family.guardianId, role: "guardian", joinedAt: 1 });
      await addToFamily(ctx, await actorOf(at.ctx, at.family.guardianId), at.family.childId, home);
    },
  }],
  ["FAM-8: an invitation that is taken back meanwhile is not accepted", { who: "aunt", event: (at) => becomes(at, "cancelled"), act: ({ aunt, invitationId }, ctx) => acceptInvitation(ctx, aunt, invitationId), refusal: conflict("invitation_over") }],
  ["FAM-8: an inviter who hands over meanwhile has nobody made a guardian", { who: "aunt", event: ({ handsOver }) => handsOver(), act: ({ aunt, invitationId }, ctx) => acceptInvitation(ctx, aunt, invitationId), refusal: conflict("invitation_over") }],
  ["FAM-8: an invitation that is taken back meanwhile is not declined", { who: "aunt", event: (at) => becomes(at, "cancelled"), act: ({ aunt, invitationId }, ctx) => declineInvitation(ctx, aunt, invitationId), refusal: conflict("invitation_over") }],
  ["FAM-8: an invitation that is declined meanwhile is not taken back", { who: "guardian", event: (at) => becomes(at, "declined"), act: ({ guardian, invitationId }, ctx) => cancelInvitation(ctx, guardian, invitationId), refusal: conflict("invitation_over") }],
  ["FAM-8: an invitation that is declined meanwhile is not mailed again", { who: "guardian", event: (at) => becomes(at, "declined"), act: ({ guardian, invitationId }, ctx) => resendInvitation(ctx, guardian, invitationId), refusal: conflict("invitation_over") }],
  ["FAM-6: a guardianship that ends meanwhile is not changed", { who: "guardian", event: ({ ends, family }) => ends(family.otherGuardianId), act: ({ guardian, otherId }, ctx) => changeGuardianship(ctx, guardian, otherId, { contactPriority: 9 }), refusal: conflict("guardianship_over") }],
  ["FAM-6: whoever is made primary meanwhile does not end", { who: "guardian", event: ({ handsOver }) => handsOver(), act: ({ guardian, otherId }, ctx) => endGuardianship(ctx, guardian, otherId), refusal: conflict("last_guardian") }],
  ["FAM-6: who hands over meanwhile hands nothing on", { who: "guardian", event: ({ handsOver }) => handsOver(), act: ({ guardian, otherId }, ctx) => makePrimary(ctx, guardian, otherId), refusal: conflict("primary_moved") }],
  ["FAM-6: who hands over meanwhile makes nobody a guardian", {
    who: "guardian", event: ({ handsOver }) => handsOver(), refusal: conflict("primary_moved"),
    act: async (at, ctx) => {
      await joins(at);
      await createGuardianship(ctx, at.guardian, { childId: at.family.childId, guardianId: at.aunt.userId, relationship: "other", rights: VIEW_ONLY, contactPriority: 2 }, null);
    },
  }],
  ["FAM-7: whose own rights end meanwhile lends none", {
    who: "other", event: ({ ends, family }) => ends(family.otherGuardianId), refusal: conflict("not_yours_to_lend"),
    act: async (at, ctx) => {
      await joins(at);
      await lendRights(ctx, at.other, at.otherId, { guardianId: at.aunt.userId, rights: VIEW_ONLY, relationship: "other", ...week(ctx) });
    },
  }],
  ["FAM-8: the same address is not invited twice, though both were allowed to", {
    who: "guardian", refusal: conflict("already_invited"), act: ({ guardian, family }, ctx) => inviteToFamily(ctx, guardian, { familyId: family.familyId, ...uncle }),
    event: async ({ ctx, family, other, handsOver }) => {
      await handsOver();
      await inviteToFamily(ctx, await actorOf(ctx, other.userId, { steppedUp: true }), { familyId: family.familyId, ...uncle });
    },
  }],
  ["FAM-3: the last guardian stays, though the others leave meanwhile", {
    who: "guardian", refusal: conflict("last_guardian"), act: ({ guardian, family }, ctx) => removeFromFamily(ctx, guardian, family.guardianId, family.familyId),
    event: ({ ctx, family }) => Promise.all([family.otherGuardianId, family.viewerId].map((userId) => ctx.db.delete(familyMembers).where(and(eq(familyMembers.familyId, family.familyId), eq(familyMembers.userId, userId))))),
  }],
  ["CON-1: a guardian whose rights end meanwhile opens nothing", { who: "guardian", event: ({ ends, family }) => ends(family.guardianId), act: ({ guardian, family }, ctx) => setConsents(ctx, guardian, media(family.childId)), refusal: conflict("consent_moved") }],
  ["FAM-9: a guardian whose child is no longer theirs keeps no contact for it", { who: "guardian", event: ({ ends, family }) => ends(family.guardianId), act: ({ guardian, family }, ctx) => addContact(ctx, guardian, family.familyId, { ...driver, childId: family.childId }), refusal: { code: "not_found" } }],
  ["FAM-11: of two administrators who keep somebody away at once the second is told so", {
    who: "admin", refusal: conflict("already_kept_away"), act: ({ admin, family }, ctx) => setRestriction(ctx, admin, family.childId, { personId: family.viewerId, reason: "Court" }),
    event: ({ ctx, family }) => ctx.db.insert(restrictions).values({ id: ctx.ids.make("rest"), childId: family.childId, personId: family.viewerId, schoolId: family.schoolId, reason: "Court", setBy: family.guardianId, startsAt: ctx.clock.now(), createdAt: 1 }),
  }],
  ["FAM-11: nobody is kept away who becomes the child's last guardian meanwhile", {
    who: "admin", refusal: conflict("kept_away_last_guardian"), act: ({ admin, family }, ctx) => setRestriction(ctx, admin, family.childId, { personId: family.guardianId, reason: "Court" }),
    event: ({ ends, family }) => Promise.all([ends(family.otherGuardianId), ends(family.viewerId)]),
  }],
])("%s", async (_, { event, act, who, refusal }) => {
  const at = await world();
  const written = async () => (await at.ctx.db.select({ id: auditEvents.id }).from(auditEvents).where(eq(auditEvents.actorId, at[who].userId))).length;
  let before = -1;
  const overtaken = beforeCommit(at.ctx, async () => {
    await event(at);
    before = await written();
  });
  await expect(act(at, overtaken)).rejects.toMatchObject(refusal);
  expect(await written(), "nothing of it is there").toBe(before);
});

const child = () => ({ username: unique("zawadi"), name: "Zawadi", level: null });
const home = (students: ReturnType<typeof child>[]) => ({ name: "The Otienos", address: null, currency: "KES", timeZone: "Africa/Nairobi", preferredProgrammes: [], decisionWindowHours: 72, students, guardians: [] });

test("FAM-1: a username that somebody else takes meanwhile is refused at its field, one that the same guardian takes is a conflict", async () => {
  const { ctx, family, guardian, other } = await world();
  const stranger = await actorOf(ctx, (await makeFamily(ctx)).guardianId);
  const takes = (by: Actor, wanted: ReturnType<typeof child>) => () => createFamily(ctx, by, home([wanted]), null);
  const [first, second, third, fourth] = [child(), child(), child(), child()];
  await expect(addStudent(beforeCommit(ctx, takes(stranger, first)), guardian, family.familyId, first)).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "username", message: "username_taken" }] });
  await expect(addStudent(beforeCommit(ctx, takes(guardian, second)), guardian, family.familyId, second)).rejects.toMatchObject({ code: "conflict" });
  await expect(createFamily(beforeCommit(ctx, takes(stranger, third)), other, home([third]), null)).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "students.0.username", message: "username_taken" }] });
  await expect(createFamily(beforeCommit(ctx, takes(other, fourth)), other, home([fourth]), null)).rejects.toMatchObject({ code: "conflict" });
});

test("FAM-11: a restriction that somebody lifts meanwhile is lifted, and once", async () => {
  const { ctx, family, admin } = await world();
  const id = await setRestriction(ctx, admin, family.childId, { personId: family.viewerId, reason: "Court" });
  await liftRestriction(beforeCommit(ctx, () => liftRestriction(ctx, admin, family.childId, id)), admin, family.childId, id);
  expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).map(({ action }) => action)).toEqual(["restriction.set", "restriction.lifted"]);
});

test("FAM-1: a key that is gone again when its first act is looked for is a failure, and no answer", async () => {
  const { ctx, guardian } = await world();
  const lost = new ConstraintFailure("UNIQUE idempotency_keys.actor_id", null);
  await expect(once(ctx, guardian.userId, { key: "gone", fingerprint: "x" }, () => Promise.reject(lost))).rejects.toBe(lost);
});
