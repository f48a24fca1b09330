import * as z from "zod";
import type { GuardianOf, Guardianship } from "#db/guardianships.ts";
import { changeGuardianship } from "#app/domain/families/change-guardianship.server.ts";
import { createGuardianship } from "#app/domain/families/create-guardianship.server.ts";
import { endGuardianship } from "#app/domain/families/end-guardianship.server.ts";
import { ChangeGuardianshipInput, CreateGuardianshipInput, LendInput, PresetInput, Relationship, RightsInput } from "#app/domain/families/inputs.ts";
import { lendRights } from "#app/domain/families/lend-rights.server.ts";
import { presetOf } from "#app/domain/families/presets.ts";
import { makePrimary } from "#app/domain/families/make-primary.server.ts";
import { getGuardianship, getGuardianshipHistory, listGuardians } from "#app/domain/families/read-guardianships.server.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const GuardianshipView = z.object({
  id: z.string(), childId: z.string(), guardianId: z.string(), guardianName: z.string(), relationship: Relationship, rights: RightsInput, contactPriority: z.int(), isPrimary: z.boolean(),
  preset: PresetInput.nullable(), active: z.boolean(), startsAt: Instant, endsAt: Instant.nullable(), delegatedBy: z.string().nullable().meta({ description: "Who lent these rights for a time" }),
}).meta({ id: "Guardianship" });

const view = ({ id, childId, guardianId, guardianName, relationship, contactPriority, isPrimary, active, startsAt, endsAt, delegatedBy, ...row }: Guardianship | (GuardianOf & { guardianName: string; active: boolean })): z.infer<typeof GuardianshipView> => ({
  id, childId, guardianId, guardianName, relationship, contactPriority, isPrimary, active, startsAt: isoTime(startsAt), endsAt: isoTimeOrNull(endsAt), delegatedBy, preset: presetOf(row),
  rights: { canApprovePurchases: row.canApprovePurchases, canScheduleLessons: row.canScheduleLessons, canViewProgress: row.canViewProgress, canTalkWithTeachers: row.canTalkWithTeachers },
});
const GuardianshipId = z.object({ guardianshipId: z.string() });
const Happening = z.object({ at: Instant, action: z.string(), by: z.object({ id: z.string(), name: z.string() }).nullable(), details: z.record(z.string(), z.unknown()) }).meta({ id: "GuardianshipEvent" });

export const guardianships = [
  endpoint({
    method: "get", path: "/guardianships", tag: "Guardianships", summary: "Who looks after a child", actor: "required", policy: "guardianship:view", query: z.object({ childId: z.string("missing") }), answers: { 200: pageOf(GuardianshipView) },
    handle: async ({ ctx, actor, query }) => ({
      status: 200, body: { items: (await listGuardians(ctx, actor, query.childId)).map((row) => view({ ...row, guardianName: row.name, active: true })), nextCursor: null },
    }),
  }),
  endpoint({
    method: "post", path: "/guardianships", tag: "Guardianships", summary: "Make an adult of the family a guardian", actor: "required", policy: "guardianship:manage", body: CreateGuardianshipInput, answers: { 201: GuardianshipView }, refusals: [409],
    handle: async ({ ctx, actor, body, idempotencyKey }) => {
      const id = await createGuardianship(ctx, actor, body, await repeatOf(idempotencyKey, ["create-guardianship", body]));
      return { status: 201, body: view(await getGuardianship(ctx, actor, id)) };
    },
  }),
  endpoint({
    method: "get", path: "/guardianships/{guardianshipId}", tag: "Guardianships", summary: "One guardianship", actor: "required", policy: "guardianship:view", params: GuardianshipId, answers: { 200: GuardianshipView },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await getGuardianship(ctx, actor, params.guardianshipId)) }),
  }),
  endpoint({
    method: "patch", path: "/guardianships/{guardianshipId}", tag: "Guardianships", summary: "Change rights (one by one or by a preset), dates, relationship or contact priority", actor: "required", policy: "guardianship:manage", params: GuardianshipId, body: ChangeGuardianshipInput, answers: { 200: GuardianshipView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: view(await changeGuardianship(ctx, actor, params.guardianshipId, body)) }),
  }),
  endpoint({
    method: "delete", path: "/guardianships/{guardianshipId}", tag: "Guardianships", summary: "End one's own, or as primary guardian another's", actor: "required", policy: "guardianship:view", params: GuardianshipId, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await endGuardianship(ctx, actor, params.guardianshipId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/guardianships/{guardianshipId}/loans", tag: "Guardianships", summary: "Lend some of the rights of one's own guardianship for a time", actor: "required", policy: "guardianship:view", params: GuardianshipId, body: LendInput, answers: { 201: GuardianshipView }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      const id = await lendRights(ctx, actor, params.guardianshipId, body, await repeatOf(idempotencyKey, ["lend", params.guardianshipId, body]));
      return { status: 201, body: view(await getGuardianship(ctx, actor, id)) };
    },
  }),
  endpoint({
    method: "put", path: "/guardianships/{guardianshipId}/primary", tag: "Guardianships", summary: "Hand over being the primary guardian", actor: "required", policy: "guardianship:manage", params: GuardianshipId, answers: { 200: GuardianshipView }, refusals: [409],
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await makePrimary(ctx, actor, params.guardianshipId)) }),
  }),
  endpoint({
    method: "get", path: "/guardianships/{guardianshipId}/history", tag: "Guardianships", summary: "What changed, when and by whom", actor: "required", policy: "guardianship:view", params: GuardianshipId, answers: { 200: pageOf(Happening) },
    handle: async ({ ctx, actor, params }) => ({
      status: 200,
      body: { items: (await getGuardianshipHistory(ctx, actor, params.guardianshipId)).map(({ at, action, actorId, actorName, details }) => ({ at: isoTime(at), action, by: actorId === null ? null : { id: actorId, name: actorName ?? "" }, details })), nextCursor: null },
    }),
  }),
];
