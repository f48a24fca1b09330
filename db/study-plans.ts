import { and, asc, desc, eq, sql, type SQL } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import { mayRead } from "./child-access.ts";
import { insertMany } from "./bulk.ts";
import { named, type Db, type Write } from "./client.ts";
import { givenTo } from "./given-work.ts";
import { assignments, materials, studyPlans, studyPlanSteps } from "./schema/learning.ts";

type PlanRow = typeof studyPlans.$inferSelect;
type StepRow = typeof studyPlanSteps.$inferSelect;

export const insertPlan = (db: Db, plan: PlanRow, steps: StepRow[]): Write[] => [db.insert(studyPlans).values(plan), ...insertMany(db, studyPlanSteps, steps)];
export const cancelPlan = (db: Db, authorId: string, id: string) => db.update(studyPlans).set({ status: "cancelled" }).where(and(eq(studyPlans.id, id), eq(studyPlans.authorId, authorId)));

/** One step is done, or is not after all; where all are, so is the plan. */
export const tickStep = (db: Db, plan: { id: string; studentId: string }, position: number, doneAt: number | null): Write[] => [
  db.update(studyPlanSteps).set({ doneAt: doneAt === null ? null : sql`coalesce(${studyPlanSteps.doneAt}, ${doneAt})` }).where(and(eq(studyPlanSteps.planId, plan.id), eq(studyPlanSteps.studentId, plan.studentId), eq(studyPlanSteps.position, position))),
  db.update(studyPlans).set({ status: sql`CASE WHEN EXISTS (SELECT 1 FROM study_plan_steps s WHERE s.plan_id = ${plan.id} AND s.done_at IS NULL) THEN 'active' ELSE 'done' END` }).where(and(eq(studyPlans.id, plan.id), sql`${studyPlans.status} <> 'cancelled'`)),
];

const author = sql<string>`(SELECT u.name FROM users u WHERE u.id = study_plans.author_id)`.as("author_name");
/** The family's own is no school's to read. */
const readable = (readerId: string, rule: ReadRule, now: number) => sql`${mayRead(readerId, sql`study_plans.student_id`, rule, now, sql`study_plans.school_id`)}`;

/** Statements for the caller's batch; steps are those of the plans that the same condition finds. */
export const selectPlan = (db: Db, id: string) => db.select({ plan: studyPlans, author }).from(studyPlans).where(eq(studyPlans.id, id));
export const studentOfPlan = (id: string): SQL => sql`(SELECT y.student_id FROM study_plans y WHERE y.id = ${id})`;
export const selectPlansOf = (db: Db, studentId: string, readerId: string, rule: ReadRule, now: number) =>
  db.select({
    id: studyPlans.id, title: studyPlans.title, status: studyPlans.status, startsOn: studyPlans.startsOn, endsOn: studyPlans.endsOn, schoolId: studyPlans.schoolId, author,
    steps: sql<number>`(SELECT count(*) FROM study_plan_steps s WHERE s.plan_id = study_plans.id)`.as("steps"), done: sql<number>`(SELECT count(*) FROM study_plan_steps s WHERE s.plan_id = study_plans.id AND s.done_at IS NOT NULL)`.as("steps_done"),
  }).from(studyPlans).where(and(eq(studyPlans.studentId, studentId), sql`${studyPlans.status} <> 'cancelled'`, readable(readerId, rule, now))).orderBy(asc(studyPlans.status), desc(studyPlans.id)).limit(20);
export const selectSteps = (db: Db, planId: string) =>
  db.select({
    position: studyPlanSteps.position, text: studyPlanSteps.text, dueOn: studyPlanSteps.dueOn, doneAt: studyPlanSteps.doneAt, materialId: studyPlanSteps.materialId, assignmentId: studyPlanSteps.assignmentId,
    material: sql<string | null>`(SELECT m.title FROM materials m WHERE m.id = ${studyPlanSteps.materialId})`.as("material_title"), assignment: sql<string | null>`(SELECT a.title FROM assignments a WHERE a.id = ${studyPlanSteps.assignmentId})`.as("assignment_title"),
  }).from(studyPlanSteps).where(eq(studyPlanSteps.planId, planId)).orderBy(asc(studyPlanSteps.position)).limit(50);

/** What a step may lead to: shared with the student now, and of that school where it names one. */
export const selectMaterialsToPlan = (db: Db, studentId: string, now: number) =>
  db.select({ id: named(materials.id, "material_id"), title: named(materials.title, "material_title"), schoolId: materials.schoolId }).from(materials).where(and(givenTo("materials", studentId, now), eq(materials.status, "shared"))).orderBy(desc(materials.id)).limit(60);
export const selectAssignmentsToPlan = (db: Db, studentId: string, now: number) =>
  db.select({ id: named(assignments.id, "assignment_id"), title: named(assignments.title, "assignment_title"), schoolId: assignments.schoolId }).from(assignments).where(and(givenTo("assignments", studentId, now), eq(assignments.status, "open"))).orderBy(desc(assignments.id)).limit(60);
