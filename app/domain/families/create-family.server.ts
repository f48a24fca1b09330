import { commit, type Write } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { selectByUsernames, insertChildren, insertFamily, insertFamilyMember, linkWard } from "#db/families.ts";
import { insertGuardianships } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { hashPassword } from "../identity/password-hash.server.ts";
import type { CreateFamilyInput, StudentInput } from "./inputs.ts";
import { planInvitation } from "./plan-invitation.server.ts";

/**
 * A family with its people in one write. The maker is its first guardian, and primary guardian of the children made with it; children that
 * are already theirs are linked; adults are invited. Throws invalid_input at the username of a child that exists and is not theirs.
 */
export async function createFamily(ctx: AppContext, actor: Actor, input: CreateFamilyInput, repeat: Repeat | null = null): Promise<string> {
  if (actor.kind !== "adult") throw new DomainError("forbidden");
  return once(ctx, actor.userId, repeat, async () => {
    const wards = await findWards(ctx, actor, input.students);
    const { students, guardians, ...family } = input;
    const now = ctx.clock.now();
    const familyId = ctx.ids.make("fam");
    const children = await planChildren(ctx, actor, familyId, family.timeZone, students.filter((student) => !wards.has(student.username)));
    const invitations = await Promise.all(guardians.map((adult) => planInvitation(ctx, actor, familyId, adult, children.ids)));
    try {
      await commit(ctx.db, [
        // First, so that a repeat breaks on its key and not on a username that the first run took.
        ...claimRepeat(ctx, actor.userId, repeat, familyId),
        insertFamily(ctx.db, { id: familyId, ...family, createdAt: now }),
        insertFamilyMember(ctx.db, { familyId, userId: actor.userId, role: "guardian", joinedAt: now }),
        record(ctx, actor, { action: "family.created", subjectId: familyId, familyId, details: { name: family.name, currency: family.currency, timeZone: family.timeZone } }),
        ...[...wards.values()].flatMap((childId) => [
          linkWard(ctx.db, { familyId, childId, guardianId: actor.userId, now }),
          record(ctx, actor, { action: "family.student_linked", subjectId: familyId, familyId, childId }),
        ]),
        ...children.writes,
        ...invitations.flatMap((invitation) => invitation.writes),
      ]);
    } catch (error) {
      if (broke(error, "UNIQUE users.username")) return refuseTaken(ctx, actor, input.students);
      if (broke(error, "NOT NULL family_members.role")) throw new DomainError("conflict");
      throw error;
    }
    await ctx.jobs.ring(invitations.map((invitation) => invitation.jobId));
    return familyId;
  });
}

/** Usernames of the actor's own children -> their ids. Knowing a username is never enough to link somebody else's. */
async function findWards(ctx: AppContext, actor: Actor, students: StudentInput[]): Promise<Map<string, string>> {
  const attempt = limitedTry(ctx, LIMITS.invite, actor.userId);
  const [found, counted] = await ctx.db.batch([selectByUsernames(ctx.db, students.map((student) => student.username), actor.userId, ctx.clock.now()), attempt.count]);
  attempt.permit(counted);
  const wards = new Map(found.filter((person) => person.isWard === 1).map((person) => [person.username ?? "", person.id]));
  const known = new Set(found.map((person) => person.username));
  const fields = students.flatMap((student, at) => {
    if (wards.has(student.username)) return [];
    if (known.has(student.username)) return [{ path: `students.${at}.username`, message: "username_taken" }];
    return student.name === undefined ? [{ path: `students.${at}.name`, message: "name_missing" }] : [];
  });
  if (fields.length > 0) throw new DomainError("invalid_input", "invalid_input", { fields });
  return wards;
}

/** Somebody took a username in between: looking again names the field. */
async function refuseTaken(ctx: AppContext, actor: Actor, students: StudentInput[]): Promise<never> {
  await findWards(ctx, actor, students);
  throw new DomainError("conflict");
}

const ALL_RIGHTS = { canApprovePurchases: true, canScheduleLessons: true, canViewProgress: true, canTalkWithTeachers: true };

/** New children with the actor as their primary guardian. */
async function planChildren(ctx: AppContext, actor: Actor, familyId: string, timeZone: string, students: StudentInput[]): Promise<{ ids: string[]; writes: Write[] }> {
  const now = ctx.clock.now();
  const children = [];
  // One after another: each hash takes 16 MiB.
  for (const { username, name, level, pin } of students)
    children.push({ id: ctx.ids.make("user"), name: name ?? username, username, level, locale: actor.locale, timeZone, pinHash: pin === undefined ? null : await hashPassword(pin) });
  const guardianships = children.map((child) => ({ id: ctx.ids.make("gua"), guardianId: actor.userId, childId: child.id, relationship: "parent" as const, ...ALL_RIGHTS, isPrimary: true, startsAt: now, createdAt: now }));
  return {
    ids: children.map((child) => child.id),
    writes: [
      ...insertChildren(ctx.db, familyId, children, now),
      ...insertGuardianships(ctx.db, guardianships),
      ...guardianships.map(({ id, childId }) => record(ctx, actor, { action: "guardianship.created", subjectId: id, childId, familyId, details: { guardianId: actor.userId, rights: ALL_RIGHTS, isPrimary: true, newChild: true } })),
    ],
  };
}
