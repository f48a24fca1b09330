import { answerProposal as answerRow, childOfProposal, putConsents, selectConsents, selectProposal, selectSettlers } from "#db/consents.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { changeOf, settled } from "./set-consents.server.ts";

type Answer = "agreed" | "declined" | "withdrawn";

/** The second guardian agrees to a grant or declines it, or the first takes it back. Answers the child's id. Repeating an answer changes nothing. */
export async function answerProposal(ctx: AppContext, actor: Actor, proposalId: string, status: Answer): Promise<string> {
  const now = ctx.clock.now();
  const ofProposal = childOfProposal(proposalId);
  const [[found], settings, settlers] = await ctx.db.batch([selectProposal(ctx.db, proposalId), selectConsents(ctx.db, ofProposal), selectSettlers(ctx.db, ofProposal, now)]);
  if (!found || !wardOf(actor, found.childId)) throw notFound();
  authorize(actor, "consent:set", found.childId);
  if (!settlers.some(({ id }) => id === actor.userId)) throw new DomainError("forbidden");
  if ((found.proposedBy === actor.userId) !== (status === "withdrawn")) throw new DomainError("forbidden", "consent_second_guardian");
  if (found.status === status) return found.childId;
  const { childId, child, dataType, recipient, until, reason } = found;
  if (found.status !== "pending" || found.expiresAt <= now || (status === "agreed" && until !== null && until <= now)) throw new DomainError("conflict", "consent_moved");
  if (status === "agreed") requireStepUp(actor, now);

  const to = { granted: true, until };
  const details = { changes: [changeOf({ dataType, recipient }, settings, to, now)], reason, proposalId };
  const news = status === "withdrawn" ? { writes: [], jobIds: [] } : notify(ctx, [found.proposedBy], {
    type: "consent.answered", facts: { child, by: actor.name, agreed: status === "agreed" ? 1 : 0 }, path: `/settings/consent?child=${childId}&to=${recipient}`, cause: `${proposalId}.answered`, childId,
  });
  await settled(ctx, [
    answerRow(ctx.db, { id: proposalId, childId, status, by: actor.userId, now }),
    ...(status === "agreed" ? [putConsents(ctx.db, [{ dataType, recipient }], { childId, ...to, reason, setBy: actor.userId, now })] : []),
    record(ctx, actor, status === "agreed" ? { action: "consent.changed", subjectId: childId, childId, details: { ...details, proposedBy: found.proposedBy } } : { action: `consent.${status}`, subjectId: proposalId, childId, details }),
    ...news.writes,
  ]);
  await ctx.jobs.ring(news.jobIds);
  return childId;
}
