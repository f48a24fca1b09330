import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { answerSchoolInvitation, selectInvitationOf, selectOpenInvitations } from "#db/school-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { limitedTry } from "../identity/limited-try.server.ts";
import { LIMITS } from "../identity/limits.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { administeredSchools } from "../schools/rules.ts";
import type { AskForChildInput } from "./inputs.ts";
import { planSchoolInvitation } from "./plan-school-invitation.server.ts";

/** Whom the school has asked and who has not answered, newest first. */
export async function listSchoolInvitations(ctx: AppContext, actor: Actor, schoolId: string, { cursor, limit }: Paging) {
  authorize(actor, "school:administer", schoolId);
  return pageOf(await selectOpenInvitations(ctx.db, schoolId, ctx.clock.now(), { before: cursor, limit: limit + 1 }), limit, byId);
}

/**
 * Asks a guardian, by mail, whether a child of theirs may come to the school. They choose which; until then the school knows what it typed.
 * The answer is the same whether or not anybody has that address.
 */
export async function askForChild(ctx: AppContext, actor: Actor, schoolId: string, { name, email }: AskForChildInput, repeat: Repeat | null = null): Promise<string> {
  authorize(actor, "school:administer", schoolId);
  requireStepUp(actor, ctx.clock.now());
  return once(ctx, actor.userId, repeat, async () => {
    const attempt = limitedTry(ctx, LIMITS.addPerson, actor.userId);
    const [counted] = await ctx.db.batch([attempt.count]);
    attempt.permit(counted);
    const { id, writes, jobIds } = await planSchoolInvitation(ctx, actor, schoolId, { name, email, role: "student" });
    await commit(ctx.db, [...claimRepeat(ctx, actor.userId, repeat, id), ...writes]);
    await ctx.jobs.ring(jobIds);
    return id;
  });
}

/** Takes an invitation of the school back while it waits; its link then leads nowhere. Safe to repeat. */
export async function withdrawSchoolInvitation(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  const schools = administeredSchools(actor);
  if (schools.length === 0) throw new DomainError("forbidden");
  const now = ctx.clock.now();
  const [found] = await selectInvitationOf(ctx.db, schools.map(({ schoolId }) => schoolId), id);
  if (!found) throw notFound();
  if (found.status === "cancelled") return;
  if (found.status !== "pending" || found.expiresAt <= now) throw new DomainError("conflict", "invitation_over", { extra: { state: found.status } });
  try {
    await commit(ctx.db, [answerSchoolInvitation(ctx.db, id, "cancelled", now), record(ctx, actor, { action: "school.invitation_withdrawn", subjectId: id, schoolId: found.schoolId })]);
  } catch (error) {
    throw broke(error, "NOT NULL school_invitations.status") ? new DomainError("conflict", "invitation_over") : error;
  }
}
