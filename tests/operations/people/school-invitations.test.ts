import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { acceptSchoolInvitation, declineSchoolInvitation } from "#app/domain/people/answer-school-invitation.server.ts";
import { askForChild, withdrawSchoolInvitation } from "#app/domain/people/school-invitations.server.ts";
import { createPerson } from "#app/domain/people/create-person.server.ts";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { mailboxMessages, notifications } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { memberships, schoolInvitations, staffProfiles } from "#db/schema/schools.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, api, makeFamily, makeGuardianship, makeSchool, makeUser, runJobs, send, signedIn, testContext, unique, VIEW_ONLY, type TestContext } from "#tests/world.ts";

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
  return { ctx, schoolId, admin, userId, studentId: student.userId!, code: /join-school\/([\w-]+)/.exec(mail!.body)![1]! };
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

const emailOf = async (ctx: TestContext, userId: string) => (await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId)))[0]!.email!;

/** A family elsewhere whose primary guardian another school asks for a child. */
async function askedForChild() {
  const ctx = testContext(Date.now());
  const [family, school] = [await makeFamily(ctx), await makeSchool(ctx)];
  const email = await emailOf(ctx, family.guardianId);
  await askForChild(ctx, await actorOf(ctx, school.adminId, { steppedUp: true }), school.schoolId, { name: "Typed", email });
  await runJobs(ctx);
  const [mail] = await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email));
  const code = /join-school\/([\w-]+)/.exec(mail!.body)![1]!;
  const accept = async (body: object, who = family.guardianId, steppedUp = true) => api("POST", `/school-invitations/${code}/acceptance`, { token: await signedIn(ctx, who, { steppedUp }), body });
  const studentsOf = () => ctx.db.select({ userId: memberships.userId, active: memberships.active }).from(memberships).where(and(eq(memberships.schoolId, school.schoolId), eq(memberships.role, "student")));
  return { ctx, family, newSchool: school.schoolId, newAdmin: school.adminId, code, accept, studentsOf };
}

test("SCH-1, SCH-2: a child with an account comes to a second school when a guardian agrees, and not before; the others are told", async () => {
  const { ctx, family, newSchool, newAdmin, accept, studentsOf } = await askedForChild();
  expect(await studentsOf()).toEqual([]);
  expect((await api("GET", `/students/${family.childId}`, { token: await signedIn(ctx, newAdmin) })).status).toBe(404);
  expect((await accept({})).status).toBe(400);
  expect((await accept({ childId: family.childId }, family.guardianId, false)).status).toBe(403);
  expect((await accept({ childId: family.childId })).status).toBe(200);
  expect((await accept({ childId: family.siblingId })).status).toBe(200);
  expect(await studentsOf()).toEqual([{ userId: family.childId, active: true }]);
  expect((await api("GET", `/students/${family.childId}`, { token: await signedIn(ctx, newAdmin) })).status).toBe(200);
  expect((await api("GET", `/students/${family.siblingId}`, { token: await signedIn(ctx, newAdmin) })).status).toBe(404);
  expect((await api("GET", `/students/${family.childId}`, { token: await signedIn(ctx, family.adminId) })).status).toBe(200);
  const told = await ctx.db.select().from(notifications).where(and(eq(notifications.childId, family.childId), eq(notifications.type, "school.child_joined")));
  expect(told.map(({ userId }) => userId).sort()).toEqual([family.otherGuardianId, family.viewerId].sort());
  expect(await ctx.db.select({ actorId: auditEvents.actorId }).from(auditEvents).where(and(eq(auditEvents.schoolId, newSchool), eq(auditEvents.action, "school.child_admitted")))).toEqual([{ actorId: family.guardianId }]);
});

test("SCH-2: nobody lets a child come who may not settle with whom its data is shared, nor a child that is not theirs", async () => {
  const { ctx, family, newSchool, newAdmin, accept, studentsOf } = await askedForChild();
  const stranger = (await makeFamily(ctx)).childId;
  expect((await accept({ childId: stranger })).status).toBe(400);
  expect((await accept({ childId: newAdmin })).status).toBe(400);
  expect((await accept({ childId: family.childId }, family.otherGuardianId)).status).toBe(409);
  await ctx.db.update(guardianships).set({ ...VIEW_ONLY, isPrimary: false }).where(eq(guardianships.guardianId, family.guardianId));
  expect((await accept({ childId: family.childId })).status).toBe(403);
  await ctx.db.delete(guardianships).where(and(eq(guardianships.guardianId, family.guardianId), eq(guardianships.childId, family.childId)));
  await makeGuardianship(ctx, family.guardianId, family.childId, { delegatedBy: family.otherGuardianId, endsAt: Date.now() + 1e8 });
  expect((await accept({ childId: family.childId })).status).toBe(403);
  expect(await studentsOf()).toEqual([]);
  expect(await ctx.db.select({ status: schoolInvitations.status }).from(schoolInvitations).where(eq(schoolInvitations.schoolId, newSchool))).toEqual([{ status: "pending" }]);
});

test("SCH-2, EDGE-1: by plain forms an administrator asks and takes back, a guardian chooses the child; a link taken back is dead, and that is written down", async () => {
  const { ctx, family, newSchool, newAdmin, code, studentsOf } = await askedForChild();
  const browser = async (userId: string) => {
    const headers = { "Cookie": `kinboard=${await signedIn(ctx, userId, { kind: "browser", steppedUp: true })}` };
    const post = (path: string, form: Record<string, string>) => send("POST", path, { headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" }, text: new URLSearchParams(form).toString() });
    return { post, open: async (path: string) => (await send("GET", path, { headers })).text() };
  };
  const [admin, guardian, other] = [await browser(newAdmin), await browser(family.guardianId), await browser((await makeSchool(ctx)).adminId)];
  expect(await guardian.open(`/join-school/${code}`)).toContain(`value="${family.childId}"`);
  for (const path of ["/admin/people", "/admin/people/invitations"]) expect(await admin.open(path)).toContain('value="withdraw"');
  const [{ id }] = (await ctx.db.select({ id: schoolInvitations.id }).from(schoolInvitations).where(eq(schoolInvitations.schoolId, newSchool))) as [{ id: string }];
  const withdraw = { act: "withdraw", invitationId: id };
  expect((await other.post("/admin/people/invitations", withdraw)).status).toBe(404);
  expect((await admin.post("/admin/people/invitations", withdraw)).status).toBe(303);
  expect((await admin.post("/admin/people/invitations", withdraw)).status).toBe(303);
  expect(await guardian.open(`/join-school/${code}`)).toContain("This invitation is over.");
  expect((await guardian.post(`/join-school/${code}`, { answer: "accept", childId: family.childId })).status).toBe(409);
  expect(await ctx.db.select({ actorId: auditEvents.actorId }).from(auditEvents).where(and(eq(auditEvents.subjectId, id), eq(auditEvents.action, "school.invitation_withdrawn")))).toEqual([{ actorId: newAdmin }]);
  // The same words for an address that somebody has and for one that nobody has.
  const said = await Promise.all([await emailOf(ctx, family.guardianId), `${unique("nobody")}@example.test`].map(async (email) => {
    const answer = await admin.post("/admin/people/invitations", { act: "ask", schoolId: newSchool, name: "Typed", email });
    return [answer.status, answer.headers.get("Location")];
  }));
  expect(said[0]).toEqual(said[1]);
  ctx.setNow(Date.now() + 1_000);
  await runJobs(ctx);
  const mail = (await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, await emailOf(ctx, family.guardianId)))).find(({ body }) => !body.includes(code));
  expect((await guardian.post(`/join-school/${/join-school\/([\w-]+)/.exec(mail!.body)![1]!}`, { answer: "accept", childId: family.siblingId })).status).toBe(303);
  expect(await studentsOf()).toEqual([{ userId: family.siblingId, active: true }]);
});

const over = (state?: string) => ({ code: "conflict", reason: "invitation_over", extra: state === undefined ? {} : { state } });
const idOf = async (ctx: TestContext, schoolId: string) => (await ctx.db.select({ id: schoolInvitations.id }).from(schoolInvitations).where(eq(schoolInvitations.schoolId, schoolId)))[0]!.id;
const statusOf = async (ctx: TestContext, schoolId: string) => (await ctx.db.select({ status: schoolInvitations.status }).from(schoolInvitations).where(eq(schoolInvitations.schoolId, schoolId)))[0]!.status;

test("SCH-2: saying no twice is saying it once; what was accepted is not declined, nor taken back, by then", async () => {
  const no = await asked({ role: "teacher" });
  for (let time = 0; time < 2; time++) await declineSchoolInvitation(no.ctx, null, no.code);
  expect(await no.ctx.db.$count(auditEvents, and(eq(auditEvents.schoolId, no.schoolId), eq(auditEvents.action, "school.invitation_declined")))).toBe(1);
  const yes = await asked({ role: "teacher" });
  await acceptSchoolInvitation(yes.ctx, await actorOf(yes.ctx, yes.userId), yes.code);
  await expect(declineSchoolInvitation(yes.ctx, null, yes.code)).rejects.toMatchObject(over("accepted"));
  await expect(withdrawSchoolInvitation(yes.ctx, yes.admin, await idOf(yes.ctx, yes.schoolId))).rejects.toMatchObject(over("accepted"));
  const late = await asked({ role: "teacher" });
  late.ctx.setNow(late.ctx.clock.now() + 14 * 86_400_000);
  await expect(withdrawSchoolInvitation(late.ctx, late.admin, await idOf(late.ctx, late.schoolId))).rejects.toMatchObject(over("pending"));
});

test("SCH-2: of an acceptance and a withdrawal at the same instant the first counts, and nothing of the other is done", async () => {
  const { ctx, admin, schoolId, userId, code } = await asked({ role: "teacher" });
  const invited = await actorOf(ctx, userId);
  const id = await idOf(ctx, schoolId);
  for (const act of [(at: TestContext) => acceptSchoolInvitation(at, invited, code), (at: TestContext) => withdrawSchoolInvitation(at, admin, id)]) await expect(act(failing(ctx))).rejects.toBe(LOST);
  expect(await statusOf(ctx, schoolId)).toBe("pending");
  await expect(acceptSchoolInvitation(beforeCommit(ctx, () => withdrawSchoolInvitation(ctx, admin, id)), invited, code)).rejects.toMatchObject(over());
  expect([await statusOf(ctx, schoolId), await ctx.db.$count(memberships, eq(memberships.userId, userId))]).toEqual(["cancelled", 0]);
  const other = await asked({ role: "teacher" });
  const theirs = await actorOf(other.ctx, other.userId);
  const accepted = () => acceptSchoolInvitation(other.ctx, theirs, other.code);
  await expect(withdrawSchoolInvitation(beforeCommit(other.ctx, accepted), other.admin, await idOf(other.ctx, other.schoolId))).rejects.toMatchObject(over());
  expect([await statusOf(other.ctx, other.schoolId), await other.ctx.db.$count(memberships, eq(memberships.userId, other.userId))]).toEqual(["accepted", 1]);
});

test("SCH-2: an invitation that was taken back before its mail was written is not mailed", async () => {
  const ctx = testContext();
  const { schoolId, adminId } = await makeSchool(ctx);
  const admin = await actorOf(ctx, adminId, { steppedUp: true });
  const email = `${unique("asked")}@example.test`;
  await withdrawSchoolInvitation(ctx, admin, await askForChild(ctx, admin, schoolId, { name: "Typed", email }));
  await runJobs(ctx);
  expect(await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, email))).toEqual([]);
});
