import { commit } from "#db/client.ts";
import { bumpRules } from "#db/decisions.ts";
import { insertFamilyMember } from "#db/families.ts";
import { answerInvitation } from "#db/family-invitations.ts";
import { closeLapsed, insertGuardianshipBy } from "#db/guardianships.ts";
import { insertLent } from "#db/lent-rights.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { overtaken } from "../races.server.ts";
import { findInvitation } from "./find-invitation.server.ts";
import { guardianshipNews } from "./guardianship-news.server.ts";

/**
 * Becomes guardian of the children named as far as the inviter is still their primary one (or, of rights that are lent, as far as they are
 * the inviter's), and joins the family if that was offered. Answers the family's id, or null.
 */
export async function acceptInvitation(ctx: AppContext, actor: Actor, code: string): Promise<string | null> {
  if (actor.kind !== "adult") throw new DomainError("forbidden");
  const invitation = await findInvitation(ctx, actor, code);
  // A repeat of an answer that was lost on its way.
  if (invitation.status === "accepted" && actor.familyIds.includes(invitation.familyId)) return invitation.familyId;
  if (invitation.status !== "pending") throw over(invitation.status);
  if (invitation.invitedBy === actor.userId) throw new DomainError("conflict", "own_invitation");
  const now = ctx.clock.now();
  const { id, familyId, invitedBy, relationship, rights, contactAs, joinsFamily, lentFrom, lentUntil } = invitation;
  if (!joinsFamily && invitation.children.length === 0) throw over("expired");
  const made = invitation.children.map((child) => ({ child, id: ctx.ids.make("gua"), news: guardianshipNews(ctx, actor, child.guardianIds, child) }));
  type Made = (typeof made)[number];
  const rowOf = ({ id: guardianshipId, child }: Made) => ({ id: guardianshipId, guardianId: actor.userId, childId: child.id, relationship, ...rights, contactPriority: child.guardianIds.length + 1, createdAt: now });
  await answered([
    answerInvitation(ctx.db, id, "accepted", now),
    ...(joinsFamily ? [
      insertFamilyMember(ctx.db, { familyId, userId: actor.userId, role: "guardian", joinedAt: now }),
      record(ctx, actor, { action: "family.joined", subjectId: familyId, familyId, details: { invitationId: id, invitedBy } }),
    ] : []),
    ...made.flatMap((one) => [
      closeLapsed(ctx.db, actor.userId, one.child.id, now),
      lentUntil === null
        ? insertGuardianshipBy(ctx.db, invitedBy, { ...rowOf(one), contactAs, startsAt: now }, now)
        : insertLent(ctx.db, { ...rowOf(one), startsAt: Math.max(lentFrom!, now), endsAt: lentUntil, delegatedBy: invitedBy }, now),
      bumpRules(ctx.db, one.child.id),
      record(ctx, actor, { action: "guardianship.created", subjectId: one.id, childId: one.child.id, familyId, details: { guardianId: actor.userId, relationship, rights, contactAs, invitedBy, lentUntil } }),
      ...one.news.writes,
    ]),
  ], ctx);
  await ctx.jobs.ring(made.flatMap((one) => one.news.jobIds));
  return joinsFamily ? familyId : null;
}

/** Says no. Holding the code is enough: no account is needed to be left alone. */
export async function declineInvitation(ctx: AppContext, actor: Actor | null, code: string): Promise<void> {
  const invitation = await findInvitation(ctx, actor, code);
  if (invitation.status === "declined") return;
  if (invitation.status !== "pending") throw over(invitation.status);
  await answered([
    answerInvitation(ctx.db, invitation.id, "declined", ctx.clock.now()),
    record(ctx, actor, { action: "family.invitation_declined", subjectId: invitation.id, familyId: invitation.familyId }),
  ], ctx);
}

async function answered(writes: Parameters<typeof commit>[1], ctx: AppContext): Promise<void> {
  // Somebody was quicker: it was answered, taken back, or a child's primary guardian is another now.
  await commit(ctx.db, writes).catch(overtaken(() => new DomainError("conflict", "invitation_over"), "NOT NULL family_invitations.status", "NOT NULL guardianships.relationship", "UNIQUE guardianships.guardian_id"));
}

const over = (status: string) => new DomainError("conflict", "invitation_over", { extra: { state: status } });
