import * as z from "zod";
import { AuditFilterInput } from "#app/domain/audit/inputs.ts";
import { listAudit, type AuditEntry } from "#app/domain/audit/read-audit.server.ts";
import type { ChainVerification } from "#app/domain/audit/verify-audit-chain.server.ts";
import { verifySchoolAudit } from "#app/domain/audit/verify-school-audit.server.ts";
import { writeAudit } from "#app/domain/audit/write-audit.server.ts";
import { schoolMeant } from "#app/domain/schools/rules.ts";
import { csvFile } from "#app/http/csv-file.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const At = z.object({ schoolId: z.string().optional().meta({ description: "Needed by who administers several schools" }) });
const Entry = z.object({
  id: z.string(), at: Instant, action: z.string(), sentence: z.string(), actorId: z.string().nullable().meta({ description: "Null: the system itself, or somebody who is not of the school" }), actorName: z.string().nullable(),
  personId: z.string().nullable(), personName: z.string().nullable(), subjectId: z.string(),
}).meta({ id: "AuditEntry" });
export const Verification = z.object({
  checked: z.int(), erased: z.int(), unsealed: z.int(),
  faults: z.array(z.object({ code: z.enum(["changed", "missing", "broken_link", "unsealed"]), eventId: z.string(), at: Instant.nullable() })),
  head: z.object({ digest: z.string(), sealedAt: Instant }).nullable(), next: z.string().nullable().meta({ description: "Where to go on; null: that was the end" }),
}).meta({ id: "AuditVerification" });

const sentence = (locale: string) => (entry: AuditEntry) => messagesFor(locale).audit.sentence(entry);

export const verificationView = ({ faults, head, ...found }: ChainVerification) =>
  ({ ...found, faults: faults.map(({ at, ...fault }) => ({ ...fault, at: isoTimeOrNull(at) })), head: head && { digest: head.digest, sealedAt: isoTime(head.sealedAt) } });

export const audit = [
  endpoint({
    method: "get", path: "/admin/audit", tag: "Administration", summary: "What was done in a school's name or with it, newest first", actor: "required", policy: "school:administer",
    query: AuditFilterInput.extend({ ...Paging.shape, ...At.shape }), answers: { 200: pageOf(Entry) },
    handle: async ({ ctx, actor, query: { schoolId, limit, cursor, ...asked } }) => {
      const { items, nextCursor } = await listAudit(ctx, actor, schoolMeant(actor, schoolId), asked, { limit, cursor });
      const say = sentence(actor.locale);
      return { status: 200, body: { items: items.map((entry) => { const { bySystem: _by, what: _what, at, ...rest } = entry; return { ...rest, at: isoTime(at), sentence: say(entry) }; }), nextCursor } };
    },
  }),
  endpoint({
    method: "get", path: "/admin/audit/export", tag: "Administration", summary: "The same as CSV, whole; formulas are neutralised", actor: "required", policy: "school:administer", query: AuditFilterInput.extend(At.shape), file: "text/csv", answers: { 200: null },
    handle: async ({ ctx, actor, query: { schoolId, ...asked } }) => ({ status: 200, ...csvFile("audit.csv", await writeAudit(ctx, actor, schoolMeant(actor, schoolId), asked, sentence(actor.locale))) }),
  }),
  endpoint({
    method: "get", path: "/admin/audit/verification", tag: "Administration", summary: "Recompute a stretch of the school's part of the hash chain and name what does not fit", actor: "required", policy: "school:administer",
    query: z.object({ from: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(500).default(500), ...At.shape }), answers: { 200: Verification },
    handle: async ({ ctx, actor, query: { schoolId, ...stretch } }) => ({ status: 200, body: verificationView(await verifySchoolAudit(ctx, actor, schoolMeant(actor, schoolId), stretch)) }),
  }),
];
