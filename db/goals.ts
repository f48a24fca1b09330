import { and, asc, desc, eq, gte, sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { competencyEvidence, goals, goalSteps, submissions } from "./schema/learning.ts";

export type GoalRow = typeof goals.$inferSelect;

const MOST = 200;

/** Newest first. A statement for the caller's batch. */
export const selectGoals = (db: Db, studentId: string) => db.select().from(goals).where(eq(goals.studentId, studentId)).orderBy(desc(goals.id)).limit(MOST);

/** The steps of all the student's goals, oldest first. A statement for the caller's batch. */
export const selectGoalSteps = (db: Db, studentId: string) =>
  db.select({ goalId: goalSteps.goalId, percent: goalSteps.percent, note: goalSteps.note, at: goalSteps.at, by: sql<string>`(SELECT u.name FROM users u WHERE u.id = ${goalSteps.byId})`.as("by_name") })
    .from(goalSteps).where(eq(goalSteps.studentId, studentId)).orderBy(desc(goalSteps.at), desc(goalSteps.id)).limit(500);
export type GoalStepRow = Awaited<ReturnType<typeof selectGoalSteps>>[number];

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
