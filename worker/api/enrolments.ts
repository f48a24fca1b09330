import * as z from "zod";
import type { ClassRow, EnrolmentOnList, SubjectRow } from "#db/enrolments.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { assignTutor, releaseTutor } from "#app/domain/schools/teaching/assign-tutor.server.ts";
import { changeEnrolment, endEnrolment } from "#app/domain/schools/teaching/change-enrolment.server.ts";
import { changeClass, createClass, listClasses } from "#app/domain/schools/teaching/classes.server.ts";
import { enrolStudents } from "#app/domain/schools/teaching/enrol-students.server.ts";
import { listEnrolments } from "#app/domain/schools/teaching/enrolments-page.server.ts";
import { AssignTutorInput, ChangeClassInput, ChangeEnrolmentInput, ChangeSubjectInput, ClassInput, EnrolInput, ListEnrolmentsInput, SubjectInput } from "#app/domain/schools/teaching/inputs.ts";
import { changeSubject, createSubject, listSubjects } from "#app/domain/schools/teaching/subjects.server.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const At = z.object({ schoolId: z.string("missing") });
const SubjectView = z.object({ id: z.string(), schoolId: z.string(), name: z.string(), code: z.string().nullable(), active: z.boolean() }).meta({ id: "Subject" });
const ClassView = z.object({ id: z.string(), schoolId: z.string(), name: z.string(), level: z.string().nullable(), subjectId: z.string().nullable(), teacherId: z.string().nullable(), active: z.boolean() }).meta({ id: "Class" });
const ofEnrolment = { id: z.string(), studentId: z.string(), subjectId: z.string(), teacherId: z.string(), tutorId: z.string().nullable(), classId: z.string().nullable(), customName: z.string().nullable(), startsAt: Instant, endsAt: Instant.nullable() };
const EnrolmentView = z.object(ofEnrolment).meta({ id: "Enrolment" });
const EnrolmentOnListView = z.object({ ...ofEnrolment, studentName: z.string(), teacherName: z.string(), tutorName: z.string().nullable(), subjectName: z.string(), className: z.string().nullable() }).meta({ id: "EnrolmentOnList" });
const Results = z.object({ results: z.array(z.object({ studentId: z.string(), outcome: z.enum(["done", "already", "refused"]), reason: z.string().nullable() })) }).meta({ id: "EnrolmentResults" });

const subjectView = ({ createdAt: _at, ...row }: SubjectRow): z.infer<typeof SubjectView> => row;
const classView = ({ createdAt: _at, termId: _term, ...row }: ClassRow): z.infer<typeof ClassView> => row;
const timed = <T extends { startsAt: number; endsAt: number | null }>({ startsAt, endsAt, ...row }: T) => ({ ...row, startsAt: isoTime(startsAt), endsAt: isoTimeOrNull(endsAt) });
const onList = ({ teacherHere: _teacher, tutorHere: _tutor, ...row }: EnrolmentOnList): z.infer<typeof EnrolmentOnListView> => timed(row);
const own = { tag: "Teaching", actor: "required", policy: "school:administer" } as const;

export const enrolments = [
  endpoint({ ...own, method: "get", path: "/subjects", summary: "Subjects of a school", query: At, answers: { 200: pageOf(SubjectView) }, handle: async ({ ctx, actor, query }) => ({ status: 200, body: { items: (await listSubjects(ctx, actor, query.schoolId)).map(subjectView), nextCursor: null } }) }),
  endpoint({
    ...own, method: "post", path: "/subjects", summary: "Add a subject", query: At, body: SubjectInput, answers: { 201: SubjectView }, refusals: [409],
    handle: async ({ ctx, actor, query, body, idempotencyKey }) => ({ status: 201, body: subjectView(await createSubject(ctx, actor, query.schoolId, body, await repeatOf(idempotencyKey, ["subject", query, body]))) }),
  }),
  endpoint({
    ...own, method: "patch", path: "/subjects/{subjectId}", summary: "Rename a subject or offer it no more", params: z.object({ subjectId: z.string() }), body: ChangeSubjectInput, answers: { 200: SubjectView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: subjectView(await changeSubject(ctx, actor, params.subjectId, body)) }),
  }),
  endpoint({ ...own, method: "get", path: "/classes", summary: "Classes of a school", query: At, answers: { 200: pageOf(ClassView) }, handle: async ({ ctx, actor, query }) => ({ status: 200, body: { items: (await listClasses(ctx, actor, query.schoolId)).map(classView), nextCursor: null } }) }),
  endpoint({
    ...own, method: "post", path: "/classes", summary: "Add a class", query: At, body: ClassInput, answers: { 201: ClassView }, refusals: [409],
    handle: async ({ ctx, actor, query, body, idempotencyKey }) => ({ status: 201, body: classView(await createClass(ctx, actor, query.schoolId, body, await repeatOf(idempotencyKey, ["class", query, body]))) }),
  }),
  endpoint({
    ...own, method: "patch", path: "/classes/{classId}", summary: "Change a class", params: z.object({ classId: z.string() }), body: ChangeClassInput, answers: { 200: ClassView },
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: classView(await changeClass(ctx, actor, params.classId, body)) }),
  }),
  endpoint({
    ...own, method: "get", path: "/enrolments", summary: "Enrolments in force, by class, subject or the start of a student's name", query: ListEnrolmentsInput.extend(At.shape), answers: { 200: pageOf(EnrolmentOnListView) },
    handle: async ({ ctx, actor, query: { schoolId, ...asked } }) => {
      const { items, nextCursor } = await listEnrolments(ctx, actor, schoolId, asked);
      return { status: 200, body: { items: items.map(onList), nextCursor } };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/enrolments", summary: "Enrol students with a teacher in a subject", query: At, body: EnrolInput, answers: { 200: Results }, refusals: [409],
    handle: async ({ ctx, actor, query, body }) => ({ status: 200, body: { results: await enrolStudents(ctx, actor, query.schoolId, body) } }),
  }),
  endpoint({
    ...own, method: "patch", path: "/enrolments/{enrolmentId}", summary: "Another tutor, class or name", params: z.object({ enrolmentId: z.string() }), body: ChangeEnrolmentInput, answers: { 200: EnrolmentView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      const { schoolId: _school, createdAt: _at, ...row } = await changeEnrolment(ctx, actor, params.enrolmentId, body);
      return { status: 200, body: timed(row) };
    },
  }),
  endpoint({
    ...own, method: "delete", path: "/enrolments/{enrolmentId}", summary: "End an enrolment; taken up again it is the same", params: z.object({ enrolmentId: z.string() }), answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await endEnrolment(ctx, actor, params.enrolmentId);
      return { status: 204 };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/tutor-assignments", summary: "Give students a tutor, whatever the subject", query: At, body: AssignTutorInput, answers: { 200: Results }, refusals: [409],
    handle: async ({ ctx, actor, query, body }) => ({ status: 200, body: { results: await assignTutor(ctx, actor, query.schoolId, body) } }),
  }),
  endpoint({
    ...own, method: "delete", path: "/tutor-assignments/{tutorId}/{studentId}", summary: "Take a tutor away from a student", params: z.object({ tutorId: z.string(), studentId: z.string() }), query: At, answers: { 204: null },
    handle: async ({ ctx, actor, params, query }) => {
      await releaseTutor(ctx, actor, query.schoolId, params.tutorId, params.studentId);
      return { status: 204 };
    },
  }),
];
