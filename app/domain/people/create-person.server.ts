import { commit, type Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertTutorAssignment, putStaffProfile, putStudentProfile } from "#db/new-people.ts";
import { insertFurtherRole } from "#db/school-members.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { authorize, requireStepUp } from "../policy.ts";
import type { NewPersonInput } from "./inputs.ts";
import { planAccount, type MadeAccount } from "./new-account.server.ts";
import { findNewcomerFacts, type NewcomerFacts } from "./newcomer-facts.server.ts";
import { planGuardianships, type Wards } from "./plan-guardianships.server.ts";
import { planSchoolInvitation } from "./plan-school-invitation.server.ts";

/** `secret`: to be shown once; null where a link is mailed, and to a repeat. `userId` null: somebody with an account of their own was invited. */
type Created = { userId: string | null; signInName: string | null; secret: string | null };
type Plan = { writes: Write[]; jobIds: string[] };
const INVITED = "invited";

/** A new person at the school. Whoever has that address elsewhere is invited instead, and nothing of them is told. */
export async function createPerson(ctx: AppContext, actor: Actor, schoolId: string, input: NewPersonInput, repeat: Repeat | null = null): Promise<Created> {
  authorize(actor, "school:administer", schoolId);
  requireStepUp(actor, ctx.clock.now());
  const facts = await findNewcomerFacts(ctx, actor, schoolId, input, repeat);
  if (facts.before !== null) return repeated(facts.before);
  let made: MadeAccount | null = null;
  const resultId = await once(ctx, actor.userId, repeat, async () => {
    made = facts.ownerOf(input.email) ? null : await planAccount(ctx, actor, facts.home, input);
    const plans: Plan[] = made ? [made, ...(await profileOf(ctx, actor, facts, input, made.userId))] : [await invite(ctx, actor, schoolId, input)];
    const id = made?.userId ?? INVITED;
    try {
      await commit(ctx.db, [...claimRepeat(ctx, actor.userId, repeat, id), ...plans.flatMap((plan) => plan.writes)]);
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
    await ctx.jobs.ring(plans.flatMap((plan) => plan.jobIds));
    return id;
  });
  const { userId, signInName, secret } = (made as MadeAccount | null) ?? { userId: null, signInName: null, secret: null };
  return resultId === (userId ?? INVITED) ? { userId, signInName, secret } : repeated(resultId);
}

const repeated = (id: string): Created => ({ userId: id === INVITED ? null : id, signInName: null, secret: null });

async function profileOf(ctx: AppContext, actor: Actor, { home, ownerOf, wards }: NewcomerFacts, input: NewPersonInput, userId: string): Promise<Plan[]> {
  const { schoolId } = home;
  if (input.role === "parent") return [planGuardianships(ctx, actor, schoolId, userId, "guardian", wards)];
  if (input.role !== "student") return [{ writes: [putStaffProfile(ctx.db, { schoolId, staffId: userId, specialisation: input.specialisation ?? null, subjectIds: input.subjectIds })], jobIds: [] }];
  const { number = null, goal = null, tutorId } = input;
  const child = { childId: userId, name: input.name, guardianIds: [] };
  const writes: Write[] = [putStudentProfile(ctx.db, { schoolId, studentId: userId, number, goal })];
  if (tutorId) writes.push(
    insertTutorAssignment(ctx.db, { schoolId, tutorId, studentId: userId, startsAt: ctx.clock.now() }),
    record(ctx, actor, { action: "tutor.assigned", subjectId: tutorId, childId: userId, schoolId }),
  );
  const plans: Plan[] = [{ writes, jobIds: [] }];
  // One after the other: the first leads.
  for (const guardian of input.guardians) plans.push(...(await guardianOf(ctx, actor, home, ownerOf, guardian, child)));
  return plans;
}

type Guardian = Extract<NewPersonInput, { role: "student" }>["guardians"][number];

/** A guardian at the school already, somebody new, or somebody elsewhere who is asked first. */
async function guardianOf(ctx: AppContext, actor: Actor, home: NewcomerFacts["home"], ownerOf: NewcomerFacts["ownerOf"], { userId, email, name = "", relationship }: Guardian, child: Wards[number]): Promise<Plan[]> {
  const { schoolId } = home;
  const appoint = (guardianId: string) => planGuardianships(ctx, actor, schoolId, guardianId, relationship, [child]);
  if (userId !== undefined) return [appoint(userId)];
  // One of the two is there: the input says so.
  const address = email!;
  const owner = ownerOf(address);
  if (owner?.roles.includes("parent")) return [appoint(owner.userId)];
  if (owner && owner.roles.length > 0) {
    const role = insertFurtherRole(ctx.db, { schoolId, userId: owner.userId }, { id: ctx.ids.make("mem"), role: "parent", now: ctx.clock.now() });
    return [{ writes: [role, record(ctx, actor, { action: "school.role_added", subjectId: owner.userId, schoolId, details: { role: "parent" } })], jobIds: [] }, appoint(owner.userId)];
  }
  if (owner) return [await planSchoolInvitation(ctx, actor, schoolId, { name, email: address, role: "parent", studentIds: [child.childId] })];
  const account = await planAccount(ctx, actor, home, { role: "parent", name, email: address, way: "link" });
  return [account, appoint(account.userId)];
}

function invite(ctx: AppContext, actor: Actor, schoolId: string, input: NewPersonInput): Promise<Plan> {
  return planSchoolInvitation(ctx, actor, schoolId, { ...input, email: input.email!, specialisation: "specialisation" in input ? input.specialisation : null });
}

function refusalOf(error: unknown): DomainError | null {
  if (broke(error, "UNIQUE users.email")) return invalid("email", "email_in_use");
  if (broke(error, "UNIQUE users.username")) return invalid("username", "username_taken");
  if (broke(error, "UNIQUE student_profiles.school_id")) return invalid("number", "number_taken");
  return broke(error, "NOT NULL guardianships.relationship", "UNIQUE guardianships.guardian_id") ? new DomainError("conflict") : null;
}
