import * as z from "zod";
import { schoolMeant } from "#app/domain/schools/rules.ts";
import { decideReport } from "#app/domain/moderation/decide-report.server.ts";
import { DecisionInput, ReportInput, ReportListQuery, REASONS } from "#app/domain/moderation/inputs.ts";
import { listReports, readReport } from "#app/domain/moderation/read-reports.server.ts";
import { reportMessage } from "#app/domain/moderation/report-message.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const report = { id: z.string(), child: z.string().nullable(), reason: z.enum(REASONS), status: z.enum(["open", "removed", "dismissed"]), reportedAt: Instant, decidedAt: Instant.nullable() };
const ReportItem = z.object(report).meta({ id: "MessageReportItem" });
const Line = z.object({ seq: z.int(), senderName: z.string(), at: Instant, text: z.string(), deleted: z.boolean() });
const Report = z.object({
  ...report, conversationId: z.string(), seq: z.int(), author: z.string().nullable(), reporter: z.string(), words: z.string().nullable(), note: z.string().nullable(),
  text: z.string().nullable().meta({ description: "As it was when reported; kept for 30 days" }), around: z.array(Line).meta({ description: "A few messages before and after it, while the report waits" }),
}).meta({ id: "MessageReport" });
const ReportId = z.object({ reportId: z.string() });
const Reported = ReportId.extend({ before: z.enum(["school", "help", "nobody"]).meta({ description: "Who decides: those who run the school; those who help all schools, where its author alone runs the school; or nobody as yet" }) }).meta({ id: "ReportedMessage" });

export const moderation = [
  endpoint({
    method: "post", path: "/conversations/{conversationId}/messages/{seq}/reports", tag: "Moderation", summary: "Lay a message before the school's administration; who wrote it does not learn who did", actor: "required", policy: "own",
    params: z.object({ conversationId: z.string(), seq: z.coerce.number("invalid").int("invalid").min(1, "invalid") }), body: ReportInput, answers: { 201: Reported }, refusals: [409, 429],
    handle: async ({ ctx, actor, params, body }) => {
      const { id, before } = await reportMessage(ctx, actor, params.conversationId, params.seq, body);
      return { status: 201, body: { reportId: id, before } };
    },
  }),
  endpoint({
    method: "get", path: "/admin/message-reports", tag: "Moderation", summary: "What was reported at a school: what waits, the oldest first; or what is decided", actor: "required", policy: "school:administer",
    query: Paging.extend(ReportListQuery.shape).extend({ schoolId: z.string().optional() }), answers: { 200: pageOf(ReportItem) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listReports(ctx, actor, schoolMeant(actor, query.schoolId), query.status, query);
      return { status: 200, body: { items: items.map(({ id, child, reason, status, createdAt, decidedAt }) => ({ id, child, reason, status, reportedAt: isoTime(createdAt), decidedAt: isoTimeOrNull(decidedAt) })), nextCursor } };
    },
  }),
  endpoint({
    method: "get", path: "/admin/message-reports/{reportId}", tag: "Moderation", summary: "A report with the message and what was said around it; that it was read is noted for the child's guardians", actor: "required", policy: "school:administer", params: ReportId, answers: { 200: Report },
    handle: async ({ ctx, actor, params }) => {
      const { id, child, reason, status, createdAt, decidedAt, conversationId, seq, author, reporter, words, note, text, around } = await readReport(ctx, actor, params.reportId);
      return { status: 200, body: { id, child, reason, status, reportedAt: isoTime(createdAt), decidedAt: isoTimeOrNull(decidedAt), conversationId, seq, author, reporter, words, note, text, around: around.map(({ seq: place, senderName, at, text: said, deleted }) => ({ seq: place, senderName, at: isoTime(at), text: said, deleted })) } };
    },
  }),
  endpoint({
    method: "post", path: "/admin/message-reports/{reportId}/decision", tag: "Moderation", summary: "Take the message away, or let it stand", actor: "required", policy: "school:administer", params: ReportId, body: DecisionInput, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await decideReport(ctx, actor, params.reportId, body);
      return { status: 204 };
    },
  }),
];
