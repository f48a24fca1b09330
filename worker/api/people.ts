import * as z from "zod";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { acceptSchoolInvitation, declineSchoolInvitation } from "#app/domain/people/answer-school-invitation.server.ts";
import { assignGuardian } from "#app/domain/people/assign-guardian.server.ts";
import { changePerson } from "#app/domain/people/change-person.server.ts";
import { createPerson } from "#app/domain/people/create-person.server.ts";
import { deactivatePerson, reactivatePerson } from "#app/domain/people/deactivate-person.server.ts";
import { AnswerSchoolInput, AskForChildInput, AssignGuardianInput, ChangePersonInput, ListPeopleInput, NewPersonInput, Way } from "#app/domain/people/inputs.ts";
import { listPeople } from "#app/domain/people/list-people.server.ts";
import { loadPerson, type PersonSeen } from "#app/domain/people/person-page.server.ts";
import { resetSignIn } from "#app/domain/people/reset-sign-in.server.ts";
import { askForChild, listSchoolInvitations, withdrawSchoolInvitation } from "#app/domain/people/school-invitations.server.ts";
import { schoolMeant } from "#app/domain/schools/rules.ts";
import { RoleInput } from "#app/domain/schools/school-inputs.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { PersonInList, personInList } from "./people-views.ts";
import { Instant, isoTime } from "./views.ts";

const At = z.object({ schoolId: z.string().optional().meta({ description: "Needed by who administers several schools" }) });
const UserId = z.object({ userId: z.string() });
const Credential = z.object({ signInName: z.string().nullable(), secret: z.string().nullable().meta({ description: "One-time; answered here once and never again. Null where a link is mailed" }) });
const Created = Credential.extend({ id: z.string().nullable().meta({ description: "Null where somebody with an account of their own was invited" }) }).meta({ id: "CreatedPerson" });
const Invitation = z.object({ id: z.string(), name: z.string(), email: z.string(), roles: z.array(z.string()), createdAt: Instant, expiresAt: Instant }).meta({ id: "SchoolInvitation" });
const Assignment = z.object({ studentId: z.string(), outcome: z.enum(["done", "already", "refused"]), reason: z.string().nullable() });

const PersonView = z.object({
  id: z.string(), kind: z.enum(["adult", "child"]), name: z.string(), username: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable(), level: z.string().nullable(),
  birthDate: z.string().nullable(), number: z.string().nullable(), goal: z.string().nullable(), specialisation: z.string().nullable(), subjectIds: z.array(z.string()), active: z.boolean(), createdAt: Instant,
  managed: z.boolean().meta({ description: "Whether the school answers for the account, and may change name, addresses and sign-in" }),
  roles: z.array(z.object({ role: RoleInput, active: z.boolean() })), notShared: z.array(z.string()).meta({ description: "Kinds of data that the family does not share with the administration: null here" }),
}).meta({ id: "Person" });
const view = ({ userId, createdAt, roles, ...person }: PersonSeen): z.infer<typeof PersonView> => {
  const { kind, name, username, email, phone, level, birthDate, number, goal, specialisation, subjectIds, active, managed, notShared } = person;
  return { id: userId, kind, name, username, email, phone, level, birthDate, number, goal, specialisation, subjectIds, active, createdAt: isoTime(createdAt), managed, roles, notShared };
};

export const people = [
  endpoint({
    method: "get", path: "/admin/users", tag: "People", summary: "People of a school: students, guardians, staff or one role; by the start of a name, username or address", actor: "required", policy: "school:administer",
    query: ListPeopleInput.extend(At.shape), answers: { 200: pageOf(PersonInList) },
    handle: async ({ ctx, actor, query: { schoolId, ...query } }) => {
      const { items, nextCursor } = await listPeople(ctx, actor, schoolMeant(actor, schoolId), query);
      return { status: 200, body: { items: items.map(personInList), nextCursor } };
    },
  }),
  endpoint({
    method: "post", path: "/admin/users", tag: "People", summary: "Add somebody to a school", actor: "required", policy: "school:administer", query: At, body: NewPersonInput, answers: { 201: Created }, refusals: [409, 429],
    handle: async ({ ctx, actor, query, body, idempotencyKey }) => {
      const schoolId = schoolMeant(actor, query.schoolId);
      const { userId, ...credential } = await createPerson(ctx, actor, schoolId, body, await repeatOf(idempotencyKey, ["create-person", schoolId, body]));
      return { status: 201, body: { id: userId, ...credential } };
    },
  }),
  endpoint({
    method: "get", path: "/admin/users/{userId}", tag: "People", summary: "Somebody of a school", actor: "required", policy: "school:administer", params: UserId, query: At, answers: { 200: PersonView },
    handle: async ({ ctx, actor, params, query }) => ({ status: 200, body: view((await loadPerson(ctx, actor, schoolMeant(actor, query.schoolId), params.userId)).person) }),
  }),
  endpoint({
    method: "patch", path: "/admin/users/{userId}", tag: "People", summary: "Change a person, or what the school keeps of them", actor: "required", policy: "school:administer", params: UserId, query: At, body: ChangePersonInput, answers: { 200: PersonView }, refusals: [409],
    handle: async ({ ctx, actor, params, query, body }) => {
      const schoolId = schoolMeant(actor, query.schoolId);
      await changePerson(ctx, actor, schoolId, params.userId, body);
      return { status: 200, body: view((await loadPerson(ctx, actor, schoolId, params.userId)).person) };
    },
  }),
  endpoint({
    method: "delete", path: "/admin/users/{userId}", tag: "People", summary: "Deactivate a person; they can be taken up again", actor: "required", policy: "school:administer", params: UserId, query: At, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params, query }) => {
      await deactivatePerson(ctx, actor, schoolMeant(actor, query.schoolId), params.userId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/admin/users/{userId}/reactivation", tag: "People", summary: "Take a deactivated person up again", actor: "required", policy: "school:administer", params: UserId, query: At, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params, query }) => {
      await reactivatePerson(ctx, actor, schoolMeant(actor, query.schoolId), params.userId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/admin/users/{userId}/password-reset", tag: "People", summary: "A new way in: a one-time credential or a mailed link; all sessions end", actor: "required", policy: "school:administer", params: UserId, query: At,
    body: z.object({ way: Way }).meta({ id: "ResetSignIn" }), answers: { 200: Credential }, refusals: [409],
    handle: async ({ ctx, actor, params, query, body }) => ({ status: 200, body: await resetSignIn(ctx, actor, schoolMeant(actor, query.schoolId), params.userId, body.way) }),
  }),
  endpoint({
    method: "post", path: "/admin/guardian-assignments", tag: "People", summary: "Make a guardian the guardian of many students at once", actor: "required", policy: "school:administer", query: At, body: AssignGuardianInput,
    answers: { 200: z.object({ results: z.array(Assignment) }) }, refusals: [409],
    handle: async ({ ctx, actor, query, body }) => ({ status: 200, body: { results: await assignGuardian(ctx, actor, schoolMeant(actor, query.schoolId), body) } }),
  }),
  endpoint({
    method: "get", path: "/admin/school-invitations", tag: "People", summary: "Whom a school has asked and who has not answered", actor: "required", policy: "school:administer", query: Paging.extend(At.shape), answers: { 200: pageOf(Invitation) },
    handle: async ({ ctx, actor, query: { schoolId, ...page } }) => {
      const { items, nextCursor } = await listSchoolInvitations(ctx, actor, schoolMeant(actor, schoolId), page);
      return { status: 200, body: { items: items.map(({ createdAt, expiresAt, ...one }) => ({ ...one, createdAt: isoTime(createdAt), expiresAt: isoTime(expiresAt) })), nextCursor } };
    },
  }),
  endpoint({
    method: "post", path: "/admin/school-invitations/for-child", tag: "People", summary: "Ask a guardian by mail whether their child may come to the school; answers the same for every address", actor: "required", policy: "school:administer",
    query: At, body: AskForChildInput, answers: { 202: z.object({ id: z.string() }) }, refusals: [409, 429],
    handle: async ({ ctx, actor, query, body, idempotencyKey }) => {
      const schoolId = schoolMeant(actor, query.schoolId);
      return { status: 202, body: { id: await askForChild(ctx, actor, schoolId, body, await repeatOf(idempotencyKey, ["ask-for-child", schoolId, body])) } };
    },
  }),
  endpoint({
    method: "delete", path: "/admin/school-invitations/{schoolInvitationId}", tag: "People", summary: "Take an invitation of a school back while it waits; its link is dead from then on", actor: "required", policy: "school:administer", params: z.object({ schoolInvitationId: z.string() }), answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await withdrawSchoolInvitation(ctx, actor, params.schoolInvitationId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "post", path: "/school-invitations/{code}/acceptance", tag: "People", summary: "Become what a school asked me to be, or let the child named come to it", actor: "required", policy: "own", params: z.object({ code: z.string().max(100) }), body: AnswerSchoolInput.optional(), answers: { 200: z.object({ schoolId: z.string() }) }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: { schoolId: await acceptSchoolInvitation(ctx, actor, params.code, body) } }),
  }),
  endpoint({
    method: "post", path: "/school-invitations/{code}/decline", tag: "People", summary: "Say no to a school", actor: "required", policy: "own", params: z.object({ code: z.string().max(100) }), answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await declineSchoolInvitation(ctx, actor, params.code);
      return { status: 204 };
    },
  }),
];
