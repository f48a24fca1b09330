import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { selectGuardiansOf } from "#db/guardianships.ts";
import { joinNamedFamilies } from "#db/family-files.ts";
import { putStaffProfile, selectRolesOf } from "#db/new-people.ts";
import { selectStudentsToGuard } from "#db/school-guardians.ts";
import { answerSchoolInvitation, findSchoolInvitationByCode } from "#db/school-invitations.ts";
import { admitChild, insertMembership } from "#db/school-members.ts";
import type { AppContext } from "../../context.ts";
import { hasEveryRight, wardOf, type Actor, type Role } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { requireAdult } from "../identity/require-adult.ts";
import { hashToken } from "../identity/sessions.ts";
import { notify } from "../notifications/notify.server.ts";
import { requireStepUp } from "../policy.ts";
import type { AnswerSchoolInput } from "./inputs.ts";
import { planGuardianships } from "./plan-guardianships.server.ts";

/** What an invitation asks, for who holds its code. Throws not_found for a code that says nothing. */
export async function getSchoolInvitation(ctx: AppContext, code: string) {
  const found = await findSchoolInvitationByCode(ctx.db, await hashToken(code));
  if (!found) throw notFound();
  const { invitation, schoolName, inviterName } = found;
  const status = invitation.status === "pending" && invitation.expiresAt <= ctx.clock.now() ? ("expired" as const) : invitation.status;
  return { ...invitation, status, schoolName, inviterName };
}

/** Becomes what the school asked one to be, and guardian of the students named that are still there. Only for the account that was invited. */
export async function acceptSchoolInvitation(ctx: AppContext, actor: Actor, code: string, { childId }: AnswerSchoolInput = {}): Promise<string> {
  requireAdult(actor);
  const invitation = await getSchoolInvitation(ctx, code);
  const { id, schoolId, email, subjectIds, specialisation } = invitation;
  if (email !== actor.email || !actor.emailVerified) throw new DomainError("conflict", "invited_other");
  if (invitation.status === "accepted") return schoolId;
  if (invitation.status !== "pending") throw over(invitation.status);
  if (asksForChild(invitation)) return admit(ctx, actor, invitation, childId);
  const now = ctx.clock.now();
  const [held, students] = await ctx.db.batch([selectRolesOf(ctx.db, schoolId, [actor.userId]), selectStudentsToGuard(ctx.db, schoolId, actor.userId, invitation.studentIds, now)]);
  const roles = (invitation.roles as Role[]).filter((role) => !held.some((has) => has.role === role));
  const wards = students.filter(({ restricted, guardianIds }) => !restricted && !guardianIds.includes(actor.userId));
  const guarding = planGuardianships(ctx, actor, schoolId, actor.userId, "guardian", wards);
  await answered(ctx, [
    answerSchoolInvitation(ctx.db, id, "accepted", now),
    ...roles.map((role) => insertMembership(ctx.db, { id: ctx.ids.make("mem"), userId: actor.userId, schoolId, role, createdAt: now })),
    ...(roles.some((role) => role !== "parent") ? [putStaffProfile(ctx.db, { schoolId, staffId: actor.userId, specialisation, subjectIds })] : []),
    record(ctx, actor, { action: "school.joined", subjectId: actor.userId, schoolId, details: { roles, invitationId: id, invitedBy: invitation.invitedBy } }),
    ...guarding.writes,
    ...(invitation.familyIds.length > 0 ? [joinNamedFamilies(ctx.db, schoolId, actor.userId, invitation.familyIds, now)] : []),
  ]);
  await ctx.jobs.ring(guarding.jobIds);
  return schoolId;
}

/** Whether it asks a guardian to let a child come to the school. */
export const asksForChild = ({ roles }: { roles: string[] }) => roles.includes("student");

/** The children for whom the actor may answer. */
export const childrenToAdmit = (actor: Actor) => actor.wards.filter(hasEveryRight).map(({ childId, name }) => ({ id: childId, name }));

/** The child that the guardian chose becomes a student of the school. The others who look after it are told. */
async function admit(ctx: AppContext, actor: Actor, { id, schoolId, schoolName, invitedBy }: Awaited<ReturnType<typeof getSchoolInvitation>>, childId: string | undefined): Promise<string> {
  const ward = childId === undefined ? undefined : wardOf(actor, childId);
  if (!ward) throw invalid("childId", "child_not_chosen");
  const now = ctx.clock.now();
  // The school's people see the child from then on.
  requireStepUp(actor, now);
  const guardians = await selectGuardiansOf(ctx.db, ward.childId, now);
  const news = notify(ctx, guardians.map(({ guardianId }) => guardianId).filter((userId) => userId !== actor.userId), {
    type: "school.child_joined", facts: { child: ward.name, by: actor.name, school: schoolName }, path: `/settings/consent?child=${ward.childId}`, cause: `${id}.joined`, severity: "attention", childId: ward.childId,
  });
  await answered(ctx, [
    answerSchoolInvitation(ctx.db, id, "accepted", now),
    admitChild(ctx.db, { id: ctx.ids.make("mem"), schoolId, childId: ward.childId, guardianId: actor.userId, now }),
    record(ctx, actor, { action: "school.child_admitted", subjectId: ward.childId, childId: ward.childId, schoolId, details: { invitationId: id, invitedBy } }),
    ...news.writes,
  ]);
  await ctx.jobs.ring(news.jobIds);
  return schoolId;
}

/** Says no. Holding the code is enough. */
export async function declineSchoolInvitation(ctx: AppContext, actor: Actor | null, code: string): Promise<void> {
  const invitation = await getSchoolInvitation(ctx, code);
  if (invitation.status === "declined") return;
  if (invitation.status !== "pending") throw over(invitation.status);
  await answered(ctx, [
    answerSchoolInvitation(ctx.db, invitation.id, "declined", ctx.clock.now()),
    record(ctx, actor, { action: "school.invitation_declined", subjectId: invitation.id, schoolId: invitation.schoolId }),
  ]);
}

async function answered(ctx: AppContext, writes: Parameters<typeof commit>[1]): Promise<void> {
  try {
    await commit(ctx.db, writes);
  } catch (error) {
    if (broke(error, "NOT NULL school_invitations.status", "UNIQUE memberships.user_id", "NOT NULL guardianships.relationship")) throw new DomainError("conflict", "invitation_over");
    throw broke(error, "NOT NULL memberships.role") ? new DomainError("forbidden", "primary_settles_this") : error;
  }
}

const over = (state: string) => new DomainError("conflict", "invitation_over", { extra: { state } });
