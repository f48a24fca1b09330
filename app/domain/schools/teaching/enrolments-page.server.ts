import { selectClasses, selectEnrolments, selectStaff, selectStudents, selectSubjects, type EnrolmentOnList } from "#db/enrolments.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { byId, pageOf, type Page } from "../../paging.ts";
import { authorize } from "../../policy.ts";
import type { ListEnrolmentsInput } from "./inputs.ts";

/** The school's enrolments in force, page by page. */
export async function listEnrolments(ctx: AppContext, actor: Actor, schoolId: string, asked: ListEnrolmentsInput): Promise<Page<EnrolmentOnList>> {
  authorize(actor, "school:administer", schoolId);
  return pageOf(await selectEnrolments(ctx.db, schoolId, filterOf(asked), ctx.clock.now()), asked.limit, byId);
}

/** The same with the school's subjects and classes, to filter by. */
export async function loadEnrolments(ctx: AppContext, actor: Actor, schoolId: string, asked: ListEnrolmentsInput) {
  authorize(actor, "school:administer", schoolId);
  const { db } = ctx;
  const [found, subjects, classes] = await db.batch([selectEnrolments(db, schoolId, filterOf(asked), ctx.clock.now()), selectSubjects(db, schoolId), selectClasses(db, schoolId)]);
  return { ...pageOf(found, asked.limit, byId), subjects: subjects.map(({ id, name, active }) => ({ id, name, active })), classes: classes.map(({ id, name, active }) => ({ id, name, active })) };
}

export type { EnrolmentOnList };

const STUDENTS = 60;

/** All that a new subject, class or enrolment is made of: staff, and students of a level or whose name begins so. */
export async function loadEnrolmentForm(ctx: AppContext, actor: Actor, schoolId: string, whom: { level?: string | undefined; q?: string | undefined }) {
  authorize(actor, "school:administer", schoolId);
  const { db } = ctx;
  const [subjects, classes, staff, students] = await db.batch([selectSubjects(db, schoolId), selectClasses(db, schoolId), selectStaff(db, schoolId), selectStudents(db, schoolId, whom, STUDENTS + 1)]);
  const offered = <T extends { id: string; name: string; active: boolean }>(rows: T[]) => rows.filter(({ active }) => active).map(({ id, name }) => ({ id, name }));
  const inRole = (role: string) => staff.filter((person) => person.role === role).map(({ id, name }) => ({ id, name }));
  return { subjects: offered(subjects), classes: offered(classes), teachers: inRole("teacher"), tutors: inRole("tutor"), students: students.slice(0, STUDENTS), moreStudents: students.length > STUDENTS };
}

const filterOf = ({ cursor, limit, ...rest }: ListEnrolmentsInput) => ({ ...rest, after: cursor, limit: limit + 1 });
