import { eq } from "drizzle-orm";
import type { Role } from "#app/domain/actor.ts";
import { DAY } from "#app/domain/clock.ts";
import { schools, student } from "#db/demo/people.ts";
import { plans } from "#db/demo/plans.ts";
import { classes, enrolments, studentRecords, subjects, tutoring } from "#db/demo/teaching.ts";
import * as tables from "#db/schema/index.ts";
import type { LivingWorld } from "./living.ts";

export type Ids = Map<string, string>;
export const id = (ids: Ids, key: string) => ids.get(key) ?? (() => { throw new Error(`no demo id for ${key}`); })();

/** Whose accounts the school made; owners, guardians and their children came by themselves. */
const MADE_BY_SCHOOL: Role[] = ["school_admin", "teacher", "tutor", "school_staff"];

/** The schools with their people and what they sell. Answers the plans' ids. */
export async function insertSchools(world: LivingWorld, ids: Ids, zone: string): Promise<Ids> {
  const { ctx } = world;
  const at = ctx.clock.now();
  const planIds: Ids = new Map();
  for (const school of schools) {
    const schoolId = ctx.ids.make("school");
    ids.set(school.key, schoolId);
    await ctx.db.insert(tables.schools).values({ id: schoolId, name: school.name, currency: "KES", timeZone: zone, createdAt: at });
    const held: [string, Role][] = [...Object.entries(school.members), ...school.students.map((student): [string, Role] => [student, "student"])];
    for (const [key, role] of held) {
      await ctx.db.insert(tables.memberships).values({ id: ctx.ids.make("mem"), userId: id(ids, key), schoolId, role, createdAt: at });
      if (MADE_BY_SCHOOL.includes(role) || key === student.key) await ctx.db.update(tables.users).set({ homeSchoolId: schoolId }).where(eq(tables.users.id, id(ids, key)));
    }
    for (const plan of plans.filter((sold) => sold.school === school.key)) {
      const planId = ctx.ids.make("plan");
      planIds.set(plan.key, planId);
      await ctx.db.insert(tables.plans).values({ id: planId, schoolId, name: plan.name, description: plan.description, kind: plan.kind, price: plan.price, currency: "KES", minutes: plan.minutes, createdAt: at });
    }
  }
  await insertTeaching(world, ids);
  return planIds;
}

async function insertTeaching({ ctx }: LivingWorld, ids: Ids): Promise<void> {
  const schoolId = id(ids, "umoja");
  const createdAt = ctx.clock.now();
  const startsAt = createdAt - 30 * DAY;
  const made = (prefix: string, key: string) => ids.set(`${prefix} ${key}`, ctx.ids.make(prefix)).get(`${prefix} ${key}`)!;
  for (const { key, name, code } of subjects) await ctx.db.insert(tables.subjects).values({ id: made("sub", key), schoolId, name, code, createdAt });
  for (const { key, name, level, teacher } of classes) await ctx.db.insert(tables.classes).values({ id: made("class", key), schoolId, name, level, teacherId: id(ids, teacher), createdAt });
  for (const { child, subjects: learnt, customName, tutors } of enrolments) {
    for (const subject of learnt) {
      const teacherId = id(ids, subjects.find(({ key }) => key === subject)!.teacher);
      const tutor = tutors?.[subject];
      await ctx.db.insert(tables.enrolments).values({
        id: made("enr", `${child} ${subject}`), schoolId, studentId: id(ids, child), subjectId: id(ids, `sub ${subject}`), teacherId, tutorId: tutor === undefined ? null : id(ids, tutor), classId: id(ids, `class ${child}`),
        customName: customName?.[subject] ?? null, startsAt, createdAt,
      });
    }
  }
  for (const { tutor, child } of tutoring) await ctx.db.insert(tables.tutorAssignments).values({ schoolId, tutorId: id(ids, tutor), studentId: id(ids, child), startsAt });
  for (const { child, number, goal } of studentRecords) await ctx.db.insert(tables.studentProfiles).values({ schoolId, studentId: id(ids, child), number, goal });
  for (const teacher of new Set(subjects.map((subject) => subject.teacher))) {
    await ctx.db.insert(tables.staffProfiles).values({ schoolId, staffId: id(ids, teacher), subjectIds: subjects.filter((subject) => subject.teacher === teacher).map(({ key }) => id(ids, `sub ${key}`)) });
  }
  await ctx.db.insert(tables.staffProfiles).values({ schoolId, staffId: id(ids, "tutor-maths"), specialisation: "Mathematics, Grades 6 to 9", subjectIds: [] });
}
