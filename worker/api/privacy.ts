import * as z from "zod";
import { listConsentHistory, verifyConsentHistory, writeConsentHistory } from "#app/domain/consent/consent-history.server.ts";
import { CellInput } from "#app/domain/consent/inputs.ts";
import { DATA_TYPES } from "#app/domain/consent/rules.ts";
import { listLooks, readSharedData } from "#app/domain/consent/shared-data.server.ts";
import { csvFile } from "#app/http/csv-file.ts";
import { Verification, verificationView } from "./audit.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const OfChild = z.object({ childId: z.string() });
const DataTypes = z.enum(DATA_TYPES);
const Shared = z.object({ userId: z.string(), name: z.string(), capacity: z.string(), isPrimary: z.boolean(), school: z.string().nullable(), dataTypes: z.array(DataTypes) }).meta({ id: "SharedWith" });
const Look = z.object({
  viewerId: z.string(), viewer: z.string().nullable(), dataType: DataTypes, capacity: z.string().meta({ description: "Why they could: `guardian`, `teacher`, `tutor`, `school_administration`, `view_as`" }),
  school: z.string().nullable(), hourStartsAt: Instant, lastAt: Instant, count: z.int(),
}).meta({ id: "Look" });
const State = z.object({ granted: z.boolean(), until: Instant.nullable() });
const Event = z.object({
  id: z.string(), at: Instant, action: z.string(), actorId: z.string().nullable(), actor: z.string().nullable(), address: z.string().nullable(), userAgent: z.string().nullable(), reason: z.string().nullable(),
  changes: z.array(CellInput.extend({ from: State, to: State })),
}).meta({ id: "ConsentEvent" });
const state = ({ granted, until }: { granted: boolean; until: number | null }) => ({ granted, until: isoTimeOrNull(until) });
const own = { method: "get" as const, tag: "Consent", actor: "required" as const, policy: "consent:view" as const };

export const privacy = [
  endpoint({
    ...own, path: "/privacy/shared-data", summary: "Who can see what of a child now, by name", query: OfChild, answers: { 200: pageOf(Shared) },
    handle: async ({ ctx, actor, query }) => ({ status: 200, body: { items: await readSharedData(ctx, actor, query.childId), nextCursor: null } }),
  }),
  endpoint({
    ...own, path: "/privacy/access-log", summary: "Who looked at what of a child, the latest first; a row for each hour", query: OfChild.extend({ ...Paging.shape, cursor: z.string().max(200).optional() }), answers: { 200: pageOf(Look) },
    handle: async ({ ctx, actor, query: { childId, ...page } }) => {
      const { items, nextCursor } = await listLooks(ctx, actor, childId, page);
      return { status: 200, body: { items: items.map((look) => ({ ...look, hourStartsAt: isoTime(look.hourStartsAt), lastAt: isoTime(look.lastAt) })), nextCursor } };
    },
  }),
  endpoint({
    ...own, path: "/consents/audit", summary: "What was done to a child's consents, the latest first, with old and new value, address and user agent", query: OfChild.extend(Paging.shape), answers: { 200: pageOf(Event) },
    handle: async ({ ctx, actor, query: { childId, ...page } }) => {
      const { items, nextCursor } = await listConsentHistory(ctx, actor, childId, page);
      return { status: 200, body: { items: items.map(({ at, changes, ...event }) => ({ ...event, at: isoTime(at), changes: changes.map(({ from, to, ...cell }) => ({ ...cell, from: state(from), to: state(to) })) })), nextCursor } };
    },
  }),
  endpoint({
    ...own, path: "/consents/audit/export", summary: "The same as CSV, whole; formulas are neutralised", query: OfChild, file: "text/csv", answers: { 200: null },
    handle: async ({ ctx, actor, query }) => ({ status: 200, ...csvFile("consents.csv", await writeConsentHistory(ctx, actor, query.childId)) }),
  }),
  endpoint({
    ...own, path: "/consents/audit/verification", summary: "Recompute the child's part of the hash chain and name what does not fit", query: OfChild.extend({ from: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(500).default(500) }), answers: { 200: Verification },
    handle: async ({ ctx, actor, query: { childId, ...stretch } }) => ({ status: 200, body: verificationView(await verifyConsentHistory(ctx, actor, childId, stretch)) }),
  }),
];
