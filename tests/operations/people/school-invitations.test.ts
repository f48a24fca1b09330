import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { acceptSchoolInvitation } from "#app/domain/people/answer-school-invitation.server.ts";
import { createPerson } from "#app/domain/people/create-person.server.ts";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { memberships, staffProfiles } from "#db/schema/schools.ts";
import { actorOf, api, makeSchool, makeUser, runJobs, signedIn, testContext } from "#tests/world.ts";

/** Somebody with an account of their own whom a school asks, and the code that they got by mail. */
async function asked(input: { role: "teacher"; specialisation?: string } | { role: "parent" }) {
  const ctx = testContext(Date.now());
  const { schoolId, adminId } = await makeSchool(ctx);
  const admin = await actorOf(ctx, adminId, { steppedUp: true });
  const userId = await makeUser(ctx, "adult", "Invited");
  const [{ email }] = (await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId))) as [{ email: string }];
  const student = await createPerson(ctx, admin, schoolId, { role: "student", name: "Kito", guardians: [] });
  await createPerson(ctx, admin, schoolId, input.role === "parent" ? { role: "parent", name: "Typed", email, studentIds: [student.userId!] } : { name: "Typed", email, subjectIds: [], ...input });
  await runJobs(ctx);
  const [mail] = await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email));
  return { ctx, schoolId, userId, studentId: student.userId!, code: /join-school\/([\w-]+)/.exec(mail!.body)![1]! };
}

test("SCH-2: who accepts becomes what was asked, by the account that was invited and no other", async () => {
  const { ctx, schoolId, userId, code } = await asked({ role: "teacher", specialisation: "Physics" });
  const stranger = await makeUser(ctx, "adult");
  expect((await api("POST", `/school-invitations/${code}/acceptance`, { token: await signedIn(ctx, stranger) })).status).toBe(409);
  const accept = async () => api("POST", `/school-invitations/${code}/acceptance`, { token: await signedIn(ctx, userId) });
  expect([(await accept()).status, (await accept()).status]).toEqual([200, 200]);
  expect(await ctx.db.select().from(memberships).where(eq(memberships.userId, userId))).toMatchObject([{ schoolId, role: "teacher", active: true }]);
  expect(await ctx.db.select().from(staffProfiles).where(eq(staffProfiles.staffId, userId))).toMatchObject([{ specialisation: "Physics" }]);
});

test("SCH-2: an invited guardian becomes guardian of the school's student by accepting, not before", async () => {
  const { ctx, userId, studentId, code } = await asked({ role: "parent" });
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.childId, studentId))).toEqual([]);
  await acceptSchoolInvitation(ctx, await actorOf(ctx, userId), code);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.childId, studentId))).toMatchObject([{ guardianId: userId, isPrimary: true }]);
});

test("SCH-2: an invitation that was declined or has lapsed is over", async () => {
  const one = await asked({ role: "teacher" });
  expect((await api("POST", `/school-invitations/${one.code}/decline`, { token: await signedIn(one.ctx, one.userId) })).status).toBe(204);
  expect((await api("POST", `/school-invitations/${one.code}/acceptance`, { token: await signedIn(one.ctx, one.userId) })).status).toBe(409);
  const two = await asked({ role: "teacher" });
  two.ctx.setNow(two.ctx.clock.now() + 14 * 86_400_000);
  await expect(acceptSchoolInvitation(two.ctx, await actorOf(two.ctx, two.userId), two.code)).rejects.toMatchObject({ reason: "invitation_over" });
  expect((await api("POST", "/school-invitations/nothing/acceptance", { token: await signedIn(two.ctx, two.userId) })).status).toBe(404);
});
