import * as z from "zod";
import { addStudent } from "#app/domain/families/add-student.server.ts";
import { addToFamily } from "#app/domain/families/add-to-family.server.ts";
import { changeFamily } from "#app/domain/families/change-family.server.ts";
import { createFamily } from "#app/domain/families/create-family.server.ts";
import { deleteFamily, restoreFamily } from "#app/domain/families/delete-family.server.ts";
import { ChangeFamilyInput, CreateFamilyInput, StudentInput } from "#app/domain/families/inputs.ts";
import { listFamiliesFor } from "#app/domain/families/list-families.server.ts";
import { getFamily, getOwnFamily, listFamilies, type Home } from "#app/domain/families/read-family.server.ts";
import { removeFromFamily } from "#app/domain/families/remove-from-family.server.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const FamilyView = z.object({
  id: z.string(), name: z.string(), address: z.string().nullable(), currency: z.string(), timeZone: z.string(), preferredProgrammes: z.array(z.string()), status: z.enum(["active", "inactive"]),
  decisionWindowHours: z.int(), createdAt: Instant, parentIds: z.array(z.string()),
  studentIds: z.array(z.string()).meta({ description: "Only those whose guardian the caller is, or the caller" }),
  parents: z.array(z.object({ id: z.string(), name: z.string() })),
  students: z.array(z.object({ id: z.string(), name: z.string(), username: z.string().nullable(), level: z.string().nullable() })),
}).meta({ id: "Family" });

const view = ({ deletedAt: _deletedAt, createdAt, ...home }: Home): z.infer<typeof FamilyView> => ({ ...home, createdAt: isoTime(createdAt) });
const FamilyId = z.object({ familyId: z.string() });
const Membership = z.object({ userId: z.string(), familyId: z.string() });

const ListedFamily = z.object({
  id: z.string(), name: z.string(), status: z.enum(["active", "inactive"]), programmes: z.array(z.string()),
  students: z.array(z.object({ id: z.string(), name: z.string(), level: z.string().nullable() })).meta({ description: "To a guardian one's own; to a school those who learn there" }),
  guardians: z.array(z.object({ id: z.string(), name: z.string() })).meta({ description: "To a school as far as the family shares ways to reach it" }),
}).meta({ id: "ListedFamily" });
const FamilyQuery = Paging.extend({ status: z.enum(["active", "inactive"], "not_a_choice").optional(), program: z.string().trim().max(60, "too_long").optional(), schoolId: z.string().max(100).optional() });

export const families = [
  endpoint({
    method: "get", path: "/families", tag: "Families", summary: "One's own families, or those of a school that one runs, by status and programme", actor: "required", policy: "own", query: FamilyQuery, answers: { 200: pageOf(ListedFamily) },
    handle: async ({ ctx, actor, query: { program, ...query } }) => ({ status: 200, body: await listFamiliesFor(ctx, actor, { ...query, programme: program }) }),
  }),
  endpoint({
    method: "post", path: "/families", tag: "Families", summary: "Make a family with its children, and invite its adults", actor: "required", policy: "own", body: CreateFamilyInput, answers: { 201: FamilyView }, refusals: [409, 429],
    handle: async ({ ctx, actor, body, idempotencyKey }) => {
      // PINs are few enough to be guessed from a digest.
      const asked = { ...body, students: body.students.map(({ pin: _pin, ...student }) => student) };
      const familyId = await createFamily(ctx, actor, body, await repeatOf(idempotencyKey, ["create-family", asked]));
      return { status: 201, body: view(await getOwnFamily(ctx, actor, familyId)) };
    },
  }),
  endpoint({
    method: "get", path: "/families/{familyId}", tag: "Families", summary: "A family with its people", actor: "required", policy: "family:view", params: FamilyId, answers: { 200: FamilyView },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await getFamily(ctx, actor, params.familyId)) }),
  }),
  endpoint({
    method: "patch", path: "/families/{familyId}", tag: "Families", summary: "Change a family", actor: "required", policy: "family:edit", params: FamilyId, body: ChangeFamilyInput, answers: { 200: FamilyView },
    handle: async ({ ctx, actor, params, body }) => {
      await changeFamily(ctx, actor, params.familyId, body);
      return { status: 200, body: view(await getFamily(ctx, actor, params.familyId)) };
    },
  }),
  endpoint({
    method: "post", path: "/families/{familyId}/students", tag: "Families", summary: "Add a child to a family: a new one, or one's own", actor: "required", policy: "family:edit", params: FamilyId, body: StudentInput, answers: { 201: FamilyView }, refusals: [409, 429],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      const { pin: _pin, ...asked } = body;
      await addStudent(ctx, actor, params.familyId, body, await repeatOf(idempotencyKey, ["add-student", params.familyId, asked]));
      return { status: 201, body: view(await getOwnFamily(ctx, actor, params.familyId)) };
    },
  }),
  endpoint({
    method: "delete", path: "/families/{familyId}", tag: "Families", summary: "Put a family away; it can be restored", actor: "required", policy: "family:edit", params: FamilyId, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await deleteFamily(ctx, actor, params.familyId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/families/{familyId}/restoration", tag: "Families", summary: "Bring a deleted family back", actor: "required", policy: "own", params: FamilyId, answers: { 200: FamilyView },
    handle: async ({ ctx, actor, params }) => {
      await restoreFamily(ctx, actor, params.familyId);
      return { status: 200, body: view(await getOwnFamily(ctx, actor, params.familyId)) };
    },
  }),
  endpoint({
    method: "get", path: "/users/{userId}/families", tag: "Families", summary: "Families of oneself or of one's child, as far as one is in them too", actor: "required", policy: "own", params: z.object({ userId: z.string() }), answers: { 200: pageOf(FamilyView) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { items: (await listFamilies(ctx, actor, params.userId)).map(view), nextCursor: null } }),
  }),
  endpoint({
    method: "put", path: "/users/{userId}/families/{familyId}", tag: "Families", summary: "Add one's child to one's family", actor: "required", policy: "family:edit", params: Membership, answers: { 200: FamilyView },
    handle: async ({ ctx, actor, params }) => {
      await addToFamily(ctx, actor, params.userId, params.familyId);
      return { status: 200, body: view(await getFamily(ctx, actor, params.familyId)) };
    },
  }),
  endpoint({
    method: "delete", path: "/users/{userId}/families/{familyId}", tag: "Families", summary: "Leave a family, or take somebody out of it", actor: "required", policy: "family:view", params: Membership, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await removeFromFamily(ctx, actor, params.userId, params.familyId);
      return { status: 204 };
    },
  }),
];
