import { revoke, selectAchievement, setLink, studentOfAchievement } from "#db/achievements.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit } from "#db/client.ts";
import { selectConsents } from "#db/consents.ts";
import { selectGuardiansOf } from "#db/guardianships.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { DomainError, notFound } from "../../errors.ts";
import { notify } from "../../notifications/notify.server.ts";
import { authorize, authorizeKnowing, requireStepUp } from "../../policy.ts";
import { familyReaders } from "../family-readers.server.ts";
import { givingSchools } from "./give-achievement.server.ts";

/** Takes back what the school gave, with a reason: its giver while they teach the student, or the administration. It then fails every verification. */
export async function revokeAchievement(ctx: AppContext, actor: Actor, id: string, reason: string): Promise<void> {
  const now = ctx.clock.now();
  const student = studentOfAchievement(id);
  const [[found], [row], guardians, settings] = await ctx.db.batch([selectAchievement(ctx.db, id), selectChildAccess(ctx.db, actor, student, now), selectGuardiansOf(ctx.db, student, now), selectConsents(ctx.db, student)]);
  if (!found) throw notFound();
  const { achievement: { studentId, schoolId, title, issuedBy, revokedAt }, school } = found;
  const access = accessOf(row, actor, now);
  authorizeKnowing(actor, access);
  const administers = actor.memberships.some((held) => held.schoolId === schoolId && (held.role === "school_admin" || held.role === "school_owner"));
  if (!givingSchools(actor, access).some((each) => each.id === schoolId) || (issuedBy !== actor.userId && !administers)) throw new DomainError("forbidden");
  if (revokedAt !== null) return;
  const news = notify(ctx, familyReaders(studentId, guardians, settings, "progress", now), { type: "achievement.revoked", facts: { child: row!.name, title, school, reason }, path: `/children/${studentId}/achievements`, cause: `${id}.revoked`, childId: studentId, severity: "attention" });
  await commit(ctx.db, [revoke(ctx.db, id, reason, now), record(ctx, actor, { action: "achievement.revoked", subjectId: id, childId: studentId, schoolId, details: { reason } }), ...news.writes]);
  await ctx.jobs.ring(news.jobIds);
}

/** Closes the public link: who has it finds nothing any more. */
export async function closeLink(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  await changeLink(ctx, actor, id, null);
}

/** Opens it again, under a new code. */
export async function openLink(ctx: AppContext, actor: Actor, id: string): Promise<string> {
  requireStepUp(actor, ctx.clock.now());
  const code = ctx.ids.secret();
  await changeLink(ctx, actor, id, code);
  return code;
}

async function changeLink(ctx: AppContext, actor: Actor, id: string, code: string | null): Promise<void> {
  const [found] = await selectAchievement(ctx.db, id);
  if (!found) throw notFound();
  const { studentId } = found.achievement;
  authorize(actor, "consent:set", studentId);
  await commit(ctx.db, [setLink(ctx.db, id, code), record(ctx, actor, { action: code === null ? "achievement.link_closed" : "achievement.link_opened", subjectId: id, childId: studentId })]);
}
