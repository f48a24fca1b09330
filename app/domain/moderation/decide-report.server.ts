import { commit } from "#db/client.ts";
import { decideReports } from "#db/message-reports.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { notify } from "../notifications/notify.server.ts";
import { overtaken } from "../races.server.ts";
import type { DecisionInput } from "./inputs.ts";
import { findReport } from "./read-reports.server.ts";

/** Takes the message away, or lets it stand; for all who reported it at once. Who reported is told either way; who wrote, only of a removal. */
export async function decideReport(ctx: AppContext, actor: Actor, id: string, { outcome, note }: DecisionInput): Promise<void> {
  const report = await findReport(ctx, actor, id);
  const { conversationId, seq, schoolId, childId, authorId } = report;
  if (report.status !== "open") throw decided();
  const now = ctx.clock.now();
  // Gone already, by its author's hand, is as good. Done before it is written down: should that fail, the decision can be made again.
  if (outcome === "removed") await ctx.rooms.remove(conversationId, { senderId: null, seq, at: now });
  const path = `/messages/${conversationId}`;
  const toReporters = notify(ctx, JSON.parse(report.reporters) as string[], { type: outcome === "removed" ? "moderation.upheld" : "moderation.dismissed", facts: { note: outcome === "removed" ? "" : (note ?? "") }, path, cause: `${id}.decided` });
  const toAuthor = notify(ctx, outcome === "removed" && authorId ? [authorId] : [], { type: "moderation.removed", facts: { note: note ?? "" }, path, cause: `${conversationId}.${seq}.removed`, severity: "attention" });
  await commit(ctx.db, [
    decideReports(ctx.db, report, { status: outcome, note, decidedBy: actor.userId, decidedAt: now }),
    record(ctx, actor, { action: `message_report.${outcome}`, subjectId: id, schoolId, ...(childId ? { childId } : {}), details: { conversationId, seq } }),
    ...toReporters.writes, ...toAuthor.writes,
  ]).catch(overtaken(decided, "NOT NULL message_reports.status"));
  await ctx.jobs.ring([...toReporters.jobIds, ...toAuthor.jobIds]);
}

const decided = () => new DomainError("conflict", "report_decided");
