import { selectReport, selectReports, type ReportRow } from "#db/message-reports.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { onPage } from "../chat/read-room.server.ts";
import { noteLook } from "../consent/note-look.server.ts";
import { notFound } from "../errors.ts";
import { byMoment, momentOf, pageOf, type Paging } from "../paging.ts";
import { authorize, can } from "../policy.ts";

/** How many messages before and after the reported one a moderator sees. */
const AROUND = 3;

/** In a list nothing of the message: reading it is noted. */
type ListedReport = Pick<ReportRow, "id" | "kind" | "child" | "reason" | "status" | "createdAt" | "decidedAt">;

/** What was reported at a school: open ones, the oldest first, or decided ones. */
export async function listReports(ctx: AppContext, actor: Actor, schoolId: string, status: "open" | "decided", { limit, cursor }: Paging) {
  authorize(actor, "school:administer", schoolId);
  const [found] = await ctx.db.batch([selectReports(ctx.db, actor.userId, schoolId, status === "open", { after: momentOf(cursor), limit: limit + 1 })]);
  const { items, nextCursor } = pageOf(found, limit, ({ decidedAt, createdAt, id }) => byMoment({ at: decidedAt ?? createdAt, id }));
  return { items: items.map(({ id, kind, child, reason, status: now, createdAt, decidedAt }): ListedReport => ({ id, kind, child, reason, status: now, createdAt, decidedAt })), nextCursor };
}

/** A report as a moderator may know it; to everybody else it does not exist. */
export async function findReport(ctx: AppContext, actor: Actor, id: string): Promise<ReportRow> {
  const [[report]] = await ctx.db.batch([selectReport(ctx.db, actor.userId, id)]);
  if (!report || !can(actor, "school:administer", report.schoolId) || (report.childId !== null && actor.restrictedFrom.includes(report.childId))) throw notFound();
  return report;
}

/** What was reported, with a few lines around it while it waits. That somebody looked is noted for the child's guardians. */
export async function readReport(ctx: AppContext, actor: Actor, id: string) {
  const report = await findReport(ctx, actor, id);
  const near = report.status === "open" ? (await ctx.rooms.history(report.conversationId, { readsFrom: 0, before: report.seq + AROUND + 1, limit: 2 * AROUND + 1 })).messages : [];
  if (report.childId !== null && (report.text !== null || near.length > 0)) noteLook(ctx, actor, { childId: report.childId, capacity: "school_administration", schoolId: report.schoolId, dataTypes: ["chat_content"] });
  return { ...report, around: near.filter(({ seq }) => Math.abs(seq - report.seq) <= AROUND && seq !== report.seq).map((message) => ({ ...onPage(message, actor.userId), mayChange: false })) };
}
export type ReadReport = Awaited<ReturnType<typeof readReport>>;
