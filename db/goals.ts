import { and, asc, desc, eq, gte, lte, sql, type SQL } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { goals, goalSteps } from "./schema/daily-life.ts";
import { submissions } from "./schema/learning.ts";
import { competencyEvidence } from "./schema/standing.ts";

export type GoalRow = typeof goals.$inferSelect;

const STEPS_SHOWN = 50;
const open = sql`(goals.status IN ('active', 'paused'))`;
/** A suggestion that was only dismissed was never a goal. */
const wasGoal = sql`NOT (goals.origin = 'system' AND goals.status = 'cancelled' AND goals.percent = 0)`;

export type GoalPlace = { open: boolean; id: string };
type GoalRange = { after?: GoalPlace | undefined; limit: number };
const inRange = (studentId: string, { after }: GoalRange) => and(eq(goals.studentId, studentId), wasGoal, after && sql`(${open}, goals.id) < (${after.open ? 1 : 0}, ${after.id})`);
const inOrder = [sql`${open} DESC`, desc(goals.id)];

/** What is open, then what is over, the newest first. A statement for the caller's batch. */
export const selectGoals = (db: Db, studentId: string, range: GoalRange) => db.select().from(goals).where(inRange(studentId, range)).orderBy(...inOrder).limit(range.limit);

/** The last steps of each of these goals, the newest first. A statement for the caller's batch. */
const stepsOf = (db: Db, ids: SQL) => {
  const latest = db.select({
    goalId: goalSteps.goalId, percent: goalSteps.percent, note: goalSteps.note, at: goalSteps.at, stepId: named(goalSteps.id, "step_id"), by: sql<string>`(SELECT u.name FROM users u WHERE u.id = ${goalSteps.byId})`.as("by_name"),
    back: sql<number>`row_number() OVER (PARTITION BY ${goalSteps.goalId} ORDER BY ${goalSteps.at} DESC, ${goalSteps.id} DESC)`.as("steps_back"),
  }).from(goalSteps).where(sql`${goalSteps.goalId} IN (${ids})`).as("latest");
  return db.select({ goalId: latest.goalId, percent: latest.percent, note: latest.note, at: latest.at, by: latest.by }).from(latest).where(lte(latest.back, STEPS_SHOWN)).orderBy(desc(latest.at), desc(latest.stepId));
};
export type GoalStepRow = Awaited<ReturnType<typeof stepsOf>>[number];
export const selectStepsOfGoal = (db: Db, id: string) => stepsOf(db, sql`${id}`);
export const selectStepsOfGoals = (db: Db, studentId: string, range: GoalRange) =>
  stepsOf(db, db.select({ id: goals.id }).from(goals).where(inRange(studentId, range)).orderBy(...inOrder).limit(range.limit).getSQL());

/** What was suggested and answered, either way. A statement for the caller's batch. */
export const selectAnswered = (db: Db, studentId: string) => db.select({ suggestion: goals.suggestion }).from(goals).where(and(eq(goals.studentId, studentId), eq(goals.origin, "system"))).limit(200);

export const selectGoal = (db: Db, studentId: string, id: string) => db.select().from(goals).where(and(eq(goals.id, id), eq(goals.studentId, studentId)));

export const insertGoal = (db: Db, goal: typeof goals.$inferInsert) => db.insert(goals).values(goal);
export const insertGoalStep = (db: Db, step: typeof goalSteps.$inferInsert) => db.insert(goalSteps).values(step);
export const updateGoal = (db: Db, id: string, change: Partial<GoalRow>) => db.update(goals).set(change).where(eq(goals.id, id));
export const deleteGoal = (db: Db, id: string) => [db.delete(goalSteps).where(eq(goalSteps.goalId, id)), db.delete(goals).where(eq(goals.id, id))];

/** How much speaks for each competency since then, of what is written for this reader's eyes. A statement for the caller's batch. */
export const selectEvidenceCounts = (db: Db, studentId: string, since: number, as: "child" | "guardian") =>
  db.select({ competency: competencyEvidence.competency, count: sql<number>`count(*)`.as("evidence_count") }).from(competencyEvidence)
    .where(and(eq(competencyEvidence.studentId, studentId), gte(competencyEvidence.at, since), as === "child" ? eq(competencyEvidence.visibility, "child") : sql`${competencyEvidence.visibility} <> 'staff'`))
    .groupBy(competencyEvidence.competency).orderBy(asc(competencyEvidence.competency));

/** First attempts since then, and how many of them were late. A statement for the caller's batch. */
export const selectLateWork = (db: Db, studentId: string, since: number) =>
  db.select({ handedIn: sql<number>`count(*)`.as("handed_in"), late: sql<number>`coalesce(sum(${submissions.late}), 0)`.as("late_count") }).from(submissions)
    .where(and(eq(submissions.studentId, studentId), eq(submissions.attempt, 1), gte(submissions.submittedAt, since)));
