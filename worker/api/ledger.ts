import * as z from "zod";
import { verifyLedger } from "#app/domain/payments/verify-ledger.server.ts";
import { endpoint } from "./endpoint.ts";

const Verification = z.object({
  balanced: z.boolean(),
  entries: z.int(),
  trial: z.array(z.object({ unit: z.string(), debits: z.int(), credits: z.int() })),
  problems: z.array(z.object({ code: z.string(), subject: z.string(), expected: z.int().nullable(), found: z.int().nullable() })),
}).meta({ id: "LedgerVerification" });

export const ledger = [
  endpoint({
    method: "get", path: "/admin/ledger/verification", tag: "Administration", summary: "Recompute the books of the caller's schools and name what does not agree", actor: "required", policy: "school:administer",
    answers: { 200: Verification },
    handle: async ({ ctx, actor }) => ({ status: 200, body: await verifyLedger(ctx, actor) }),
  }),
];
