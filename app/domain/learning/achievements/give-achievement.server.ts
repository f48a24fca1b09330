import { insertAchievement } from "#db/achievements.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit } from "#db/client.ts";
import { selectConsents } from "#db/consents.ts";
import { broke } from "#db/errors.ts";
import { selectGuardiansOf } from "#db/guardianships.ts";
import { selectKeysInUse } from "#db/signing-keys.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { DAY, startOfDay } from "../../clock.ts";
import type { ChildAccess } from "../../consent/access.ts";
import { DomainError, invalid } from "../../errors.ts";
import { claimRepeat, once, type Repeat } from "../../idempotency.server.ts";
import { notify } from "../../notifications/notify.server.ts";
import { authorizeKnowing } from "../../policy.ts";
import { addDays } from "../days.ts";
import { familyReaders } from "../family-readers.server.ts";
import { claimsOf, credentialOf, hashName } from "./credential.ts";
import type { GiveInput } from "./inputs.ts";
import { planKey, signWith } from "./signing-key.server.ts";

/** Schools in whose name the actor may give something to the student: as teacher of an enrolment in force, or as administration. */
export const givingSchools = (actor: Actor, access: ChildAccess | undefined): { id: string; name: string }[] => {
  const ids = new Set(authorizeKnowing(actor, access).flatMap((capacity) => (capacity.as === "teacher" || capacity.as === "school_administration" ? [capacity.schoolId] : [])));
  return [...ids].map((id) => ({ id, name: actor.memberships.find(({ schoolId }) => schoolId === id)!.schoolName }));
};

/** Gives a student a certificate or badge: signed by the school's key, told to the family, open to whoever gets its link. */
export async function giveAchievement(ctx: AppContext, actor: Actor, studentId: string, input: GiveInput, repeat: Repeat | null = null): Promise<string> {
  const now = ctx.clock.now();
  const [[row], guardians, settings, keys] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, studentId, now), selectGuardiansOf(ctx.db, studentId, now), selectConsents(ctx.db, studentId), selectKeysInUse(ctx.db, [...new Set(actor.memberships.map(({ schoolId }) => schoolId))]),
  ]);
  const schools = givingSchools(actor, accessOf(row, actor, now));
  if (schools.length === 0) throw new DomainError("forbidden");
  const school = input.schoolId === undefined ? schools[0]! : schools.find(({ id }) => id === input.schoolId);
  if (!school) throw invalid("schoolId", "not_a_choice");
  const expiresAt = input.lastDay === undefined ? null : startOfDay(addDays(input.lastDay, 1), row!.timeZone);
  if (expiresAt !== null && expiresAt <= now + DAY) throw invalid("lastDay", "achievement_ends_too_soon");

  const id = ctx.ids.make("ach");
  // JWTs count in seconds.
  const issuedAt = now - (now % 1000);
  const held = keys.find(({ schoolId }) => schoolId === school.id);
  const { key, writes } = held ? { key: held, writes: [] } : await planKey(ctx, school.id);
  const { kind, title, description, criteria } = input;
  const salt = ctx.ids.secret();
  const given = { id, kind, title, description, criteria, issuedAt, expiresAt, school, subject: `urn:uuid:${ctx.ids.uuid()}`, name: { hash: await hashName(row!.name, salt), salt } };
  const credential = await signWith(ctx, key, claimsOf(credentialOf(ctx.settings.origin, given)));
  const news = notify(ctx, familyReaders(studentId, guardians, settings, "progress", now), { type: "achievement.given", facts: { child: row!.name, title, by: actor.name, school: school.name }, path: `/children/${studentId}/achievements`, cause: `${id}.given`, childId: studentId });
  try {
    return await once(ctx, actor.userId, repeat, async () => {
      await commit(ctx.db, [
        ...claimRepeat(ctx, actor.userId, repeat, id), ...writes,
        insertAchievement(ctx.db, { id, studentId, schoolId: school.id, kind, title, description, criteria, issuedBy: actor.userId, issuedAt, expiresAt, linkCode: ctx.ids.secret(), credential }),
        record(ctx, actor, { action: "achievement.given", subjectId: id, childId: studentId, schoolId: school.id, details: { kind } }), ...news.writes,
      ]);
      await ctx.jobs.ring(news.jobIds);
      return id;
    });
  } catch (error) {
    // The school's first key was made by somebody else meanwhile: it signs this one too.
    if (writes.length > 0 && broke(error, "UNIQUE signing_keys.school_id")) return giveAchievement(ctx, actor, studentId, input, repeat);
    throw error;
  }
}
