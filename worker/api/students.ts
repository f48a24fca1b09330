import * as z from "zod";
import { listStudents } from "#app/domain/students/list-students.server.ts";
import { readStudent } from "#app/domain/students/student-page.server.ts";
import { DATA_TYPES } from "#app/domain/consent/rules.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { AttendanceView, attendanceView } from "./growth.ts";
import { WrittenView, writtenView } from "./written.ts";

const Pupil = z.object({ id: z.string(), name: z.string(), level: z.string().nullable(), subjects: z.array(z.string()), picture: z.string().nullable() }).meta({ id: "Pupil" });
const NOT_SHARED = "Null where the family does not share it; `notShared` says so";
const Student = z.object({
  id: z.string(), name: z.string(), level: z.string().nullable(),
  capacities: z.array(z.enum(["self", "guardian", "teacher", "tutor", "school_administration"])).meta({ description: "In which relations the caller stands to the student" }),
  enrolments: z.array(z.object({ id: z.string(), subject: z.string(), teacher: z.string().nullable(), tutor: z.string().nullable(), class: z.string().nullable() })),
  profile: z.object({ birthDate: z.string().nullable(), numbers: z.array(z.string()), goals: z.array(z.string()) }).nullable().meta({ description: NOT_SHARED }),
  picture: z.string().nullable(),
  contact: z.object({
    phone: z.string().nullable(), addresses: z.array(z.string()),
    guardians: z.array(z.object({ name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), relationship: z.string() })),
    contacts: z.array(z.object({ id: z.string(), name: z.string(), relationship: z.string(), phone: z.string(), isEmergency: z.boolean(), mayPickUp: z.boolean() })),
  }).nullable().meta({ description: NOT_SHARED }),
  progress: z.object({ observations: z.array(WrittenView), notes: z.array(WrittenView) }).nullable().meta({ description: `The latest three of each. ${NOT_SHARED}` }),
  assessments: z.array(WrittenView).nullable().meta({ description: `The latest three. ${NOT_SHARED}` }), attendance: z.array(AttendanceView).nullable().meta({ description: `The latest five. ${NOT_SHARED}` }),
  notShared: z.array(z.enum(DATA_TYPES)),
}).meta({ id: "Student" });

export const students = [
  endpoint({
    method: "get", path: "/students", tag: "Students", summary: "The students whom I teach or tutor", actor: "required", policy: "own", query: Paging.extend({ q: z.string().max(100).optional() }), answers: { 200: pageOf(Pupil) },
    handle: async ({ ctx, actor, query }) => ({ status: 200, body: await listStudents(ctx, actor, query) }),
  }),
  endpoint({
    method: "get", path: "/students/{studentId}", tag: "Students", summary: "A student, as far as the family shares it with the caller", actor: "required", policy: "own", params: z.object({ studentId: z.string() }), answers: { 200: Student },
    handle: async ({ ctx, actor, params }) => {
      const { teaches: _teaches, progress, assessments, attendance, ...student } = await readStudent(ctx, actor, params.studentId);
      return {
        status: 200, body: {
          ...student, progress: progress && { observations: progress.observations.map(writtenView), notes: progress.notes.map(writtenView) },
          assessments: assessments && assessments.map(writtenView), attendance: attendance && attendance.map(attendanceView),
        },
      };
    },
  }),
];
