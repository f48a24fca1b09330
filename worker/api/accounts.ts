import * as z from "zod";
import { getAccount } from "#app/domain/payments/account-page.server.ts";
import { endpoint, Paging } from "./endpoint.ts";
import { Instant, isoTime, MoneyView } from "./views.ts";

const AccountView = z.object({
  studentId: z.string(),
  hours: z.number(),
  balance: MoneyView,
  entries: z.array(z.object({
    id: z.string(), at: Instant, kind: z.enum(["payment", "purchase", "hours", "refund_of_payment", "refund_of_purchase", "refund_of_hours", "lesson", "make_up"]), planName: z.string().nullable(), paymentId: z.string().nullable(),
    amount: z.int().describe("Above zero: came in. Minor units, or minutes."), unit: z.string().describe("A currency, or `minutes`"),
  })),
  nextCursor: z.string().nullable(),
}).meta({ id: "StudentAccount" });

export const accounts = [
  endpoint({
    method: "get", path: "/students/{studentId}/account", tag: "Payments", summary: "What a student has, in hours and money", actor: "required", policy: "account:view",
    params: z.object({ studentId: z.string() }), query: Paging, answers: { 200: AccountView },
    handle: async ({ ctx, actor, params, query }) => {
      const { minutes, balance, entries, studentId, nextCursor } = await getAccount(ctx, actor, params.studentId, query);
      return { status: 200, body: { studentId, hours: minutes / 60, balance, entries: entries.map(({ causeId: _causeId, ...entry }) => ({ ...entry, at: isoTime(entry.at) })), nextCursor } };
    },
  }),
];
