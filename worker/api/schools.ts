import * as z from "zod";
import type { Actor } from "#app/domain/actor.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { ListPeopleInput } from "#app/domain/people/inputs.ts";
import { listPeople } from "#app/domain/people/list-people.server.ts";
import { addRole, leaveSchool, removeRole } from "#app/domain/schools/change-roles.server.ts";
import { changeSchool } from "#app/domain/schools/change-school.server.ts";
import { foundSchool } from "#app/domain/schools/found-school.server.ts";
import { getSchool, listOwnSchools, type OwnSchool } from "#app/domain/schools/read-schools.server.ts";
import { ChangeSchoolInput, FoundSchoolInput, MemberInput, RoleInput } from "#app/domain/schools/school-inputs.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { PersonInList, personInList } from "./people-views.ts";
import { Instant, isoTime } from "./views.ts";

const SchoolView = z.object({ id: z.string(), name: z.string(), currency: z.string(), timeZone: z.string(), createdAt: Instant, roles: z.array(RoleInput).meta({ description: "What the caller is there" }) }).meta({ id: "School" });
const view = ({ id, name, currency, timeZone, createdAt, roles }: OwnSchool): z.infer<typeof SchoolView> => ({ id, name, currency, timeZone, createdAt: isoTime(createdAt), roles });
const SchoolId = z.object({ schoolId: z.string() });
const Seat = z.object({ schoolId: z.string(), userId: z.string() });

export const schools = [
  endpoint({
    method: "post", path: "/schools", tag: "Schools", summary: "Found a school and own it", actor: "required", policy: "own", body: FoundSchoolInput, answers: { 201: SchoolView }, refusals: [409, 429],
    handle: async ({ ctx, actor, body, idempotencyKey }) => {
      const schoolId = await foundSchool(ctx, actor, body, await repeatOf(idempotencyKey, ["found-school", body]));
      // Who asks was nobody there yet.
      const owner: Actor = { ...actor, memberships: [...actor.memberships, { schoolId, schoolName: body.name, role: "school_owner" }] };
      return { status: 201, body: view(await getSchool(ctx, owner, schoolId)) };
    },
  }),
  endpoint({
    method: "get", path: "/schools", tag: "Schools", summary: "Schools at which I am somebody", actor: "required", policy: "own", answers: { 200: pageOf(SchoolView) },
    handle: async ({ ctx, actor }) => ({ status: 200, body: { items: (await listOwnSchools(ctx, actor)).map(view), nextCursor: null } }),
  }),
  endpoint({
    method: "get", path: "/schools/{schoolId}", tag: "Schools", summary: "A school", actor: "required", policy: "school:view", params: SchoolId, answers: { 200: SchoolView },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await getSchool(ctx, actor, params.schoolId)) }),
  }),
  endpoint({
    method: "patch", path: "/schools/{schoolId}", tag: "Schools", summary: "Change a school's name or time zone", actor: "required", policy: "school:administer", params: SchoolId, body: ChangeSchoolInput, answers: { 200: SchoolView },
    handle: async ({ ctx, actor, params, body }) => {
      await changeSchool(ctx, actor, params.schoolId, body);
      return { status: 200, body: view(await getSchool(ctx, actor, params.schoolId)) };
    },
  }),
  endpoint({
    method: "get", path: "/schools/{schoolId}/members", tag: "Schools", summary: "Who is what at a school", actor: "required", policy: "school:administer", params: SchoolId, query: ListPeopleInput, answers: { 200: pageOf(PersonInList) },
    handle: async ({ ctx, actor, params, query }) => {
      const { items, nextCursor } = await listPeople(ctx, actor, params.schoolId, query);
      return { status: 200, body: { items: items.map(personInList), nextCursor } };
    },
  }),
  endpoint({
    method: "post", path: "/schools/{schoolId}/members", tag: "Schools", summary: "Give somebody of the school a further role", actor: "required", policy: "school:administer", params: SchoolId, body: MemberInput, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await addRole(ctx, actor, params.schoolId, body);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "delete", path: "/schools/{schoolId}/members/{userId}/roles/{role}", tag: "Schools", summary: "Take a role away", actor: "required", policy: "school:administer", params: Seat.extend({ role: RoleInput }), answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await removeRole(ctx, actor, params.schoolId, params.userId, params.role);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "delete", path: "/schools/{schoolId}/members/me", tag: "Schools", summary: "Leave a school with all my roles", actor: "required", policy: "school:view", params: SchoolId, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await leaveSchool(ctx, actor, params.schoolId);
      return { status: 204 };
    },
  }),
];
