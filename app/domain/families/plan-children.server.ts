import type { SQL } from "drizzle-orm";
import type { Write } from "#db/client.ts";
import { insertChildren, selectByUsernames } from "#db/families.ts";
import { insertGuardianships } from "#db/guardianships.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { hashPassword } from "../identity/password-hash.server.ts";
import type { StudentInput } from "./inputs.ts";

/** Usernames of the actor's own children -> their ids. Knowing a username is never enough to link somebody else's. */
export async function findWards(ctx: AppContext, actor: Actor, students: StudentInput[], prefix = (at: number) => `students.${at}.`): Promise<Map<string, string>> {
  const attempt = limitedTry(ctx, LIMITS.invite, actor.userId);
  const [found, counted] = await ctx.db.batch([selectByUsernames(ctx.db, students.map((student) => student.username), actor.userId, ctx.clock.now()), attempt.count]);
  attempt.permit(counted);
  const wards = new Map(found.filter((person) => person.isWard === 1).map((person) => [person.username!, person.id]));
  const known = new Set(found.map((person) => person.username));
  const fields = students.flatMap((student, at) => {
    if (wards.has(student.username)) return [];
    if (known.has(student.username)) return [{ path: `${prefix(at)}username`, message: "username_taken" }];
    return student.name === undefined ? [{ path: `${prefix(at)}name`, message: "name_missing" }] : [];
  });
  if (fields.length > 0) throw new DomainError("invalid_input", "invalid_input", { fields });
  return wards;
}

const ALL_RIGHTS = { canApprovePurchases: true, canScheduleLessons: true, canViewProgress: true, canTalkWithTeachers: true };

/** New children with the actor as their primary guardian; putting them into the family is the caller's. Aborts its batch (UNIQUE users.username) where a name was taken in between. */
export async function planChildren(ctx: AppContext, actor: Actor, familyId: string, timeZone: string | SQL, students: StudentInput[]): Promise<{ ids: string[]; writes: Write[] }> {
  const now = ctx.clock.now();
  const children = [];
  // One after another: each hash takes 16 MiB. `findWards` refused whoever has no name.
  for (const { username, name, level, pin } of students)
    children.push({ id: ctx.ids.make("user"), name: name!, username, level, locale: actor.locale, timeZone, pinHash: pin === undefined ? null : await hashPassword(pin) });
  const guardianships = children.map((child) => ({ id: ctx.ids.make("gua"), guardianId: actor.userId, childId: child.id, relationship: "parent" as const, ...ALL_RIGHTS, isPrimary: true, startsAt: now, createdAt: now }));
  return {
    ids: children.map((child) => child.id),
    writes: [
      ...insertChildren(ctx.db, children, now),
      ...insertGuardianships(ctx.db, guardianships),
      ...guardianships.map(({ id, childId }) => record(ctx, actor, { action: "guardianship.created", subjectId: id, childId, familyId, details: { guardianId: actor.userId, rights: ALL_RIGHTS, isPrimary: true, newChild: true } })),
    ],
  };
}
