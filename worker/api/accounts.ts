import * as z from "zod";
import { getAccount } from "#app/domain/payments/account-page.server.ts";
import { endpoint, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull, MoneyView } from "./views.ts";

const AccountView = z.object({
  studentId: z.string(),
  hours: z.number(), hoursHeld: z.number().meta({ description: "Of these, held for lessons to come" }),
  balance: MoneyView,
  entries: z.array(z.object({
    id: z.string(), at: Instant, kind: z.enum(["payment", "purchase", "hours", "refund_of_payment", "refund_of_purchase", "refund_of_hours", "lesson", "make_up"]), planName: z.string().nullable(), paymentId: z.string().nullable(),
    lesson: z.string().nullable().meta({ description: "Subject of the lesson that took hours, or whose hours were given back" }), lessonAt: Instant.nullable(),
    amount: z.int().describe("Above zero: came in. Minor units, or minutes."), unit: z.string().describe("A currency, or `minutes`"),
  })),
  nextCursor: z.string().nullable(),
}).meta({ id: "StudentAccount" });

export const accounts = [
  endpoint({
    method: "get", path: "/students/{studentId}/account", tag: "Payments", summary: "What a student has, in hours and money", actor: "required", policy: "account:view",
    params: z.object({ studentId: z.string() }), query: Paging, answers: { 200: AccountView },
    handle: async ({ ctx, actor, params, query }) => {
      const { minutes, minutesHeld, balance, entries, studentId, nextCursor } = await getAccount(ctx, actor, params.studentId, query);
      return { status: 200, body: { studentId, hours: minutes / 60, hoursHeld: minutesHeld / 60, balance, entries: entries.map(({ causeId: _causeId, ...entry }) => ({ ...entry, at: isoTime(entry.at), lessonAt: isoTimeOrNull(entry.lessonAt) })), nextCursor } };
    },
  }),
];
