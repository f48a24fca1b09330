import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import type { Competency } from "#app/domain/learning/competencies.ts";
import { mayReadWritten } from "./child-access.ts";
import type { Db } from "./client.ts";
import { activities } from "./schema/daily-life.ts";
import { assessments, competencyEvidence, observations } from "./schema/standing.ts";

type GrowthRules = { progress: ReadRule; assessments: ReadRule; attendance: ReadRule; activity: ReadRule };

/** What speaks for competencies as far as the reader may see it: an assessment's or a feedback's level is assessment data beside. */
const seen = (readerId: string, studentId: string, rules: GrowthRules, now: number) => and(
  eq(competencyEvidence.studentId, studentId), sql`${mayReadWritten(readerId, sql`${studentId}`, "competency_evidence", rules.progress, now)}`,
  sql`(competency_evidence.source = 'observation' OR ${mayReadWritten(readerId, sql`${studentId}`, "competency_evidence", rules.assessments, now)})`,
);

/** Statements for the caller's batch. */
export const selectPieces = (db: Db, readerId: string, studentId: string, rules: GrowthRules, since: number, now: number) =>
  db.select({ competency: competencyEvidence.competency, points: competencyEvidence.level, at: competencyEvidence.at, schoolId: competencyEvidence.schoolId, source: competencyEvidence.source }).from(competencyEvidence)
    .where(and(seen(readerId, studentId, rules, now), sql`${competencyEvidence.at} > ${since}`)).limit(1000);

/** The pieces behind one spoke, the latest first, with the thing each came from. */
export const selectEvidence = (db: Db, readerId: string, studentId: string, competency: Competency, rules: GrowthRules, now: number) =>
  db.select({
    id: competencyEvidence.id, points: competencyEvidence.level, source: competencyEvidence.source, sourceId: competencyEvidence.sourceId, at: competencyEvidence.at,
    about: sql<string>`CASE source WHEN 'observation' THEN (SELECT substr(o.text, 1, 160) FROM observations o WHERE o.id = source_id) WHEN 'assessment' THEN (SELECT a.title FROM assessments a WHERE a.id = source_id)
      ELSE (SELECT a.title FROM feedback f JOIN submissions s ON s.id = f.submission_id JOIN assignments a ON a.id = s.assignment_id WHERE f.id = source_id) END`.as("about"),
    by: sql<string>`(SELECT u.name FROM users u WHERE u.id = CASE source WHEN 'observation' THEN (SELECT o.author_id FROM observations o WHERE o.id = source_id) WHEN 'assessment' THEN (SELECT a.author_id FROM assessments a WHERE a.id = source_id)
      ELSE (SELECT f.author_id FROM feedback f WHERE f.id = source_id) END)`.as("given_by"),
    submissionId: sql<string | null>`(SELECT f.submission_id FROM feedback f WHERE f.id = source_id)`.as("submission_id"),
  }).from(competencyEvidence).where(and(seen(readerId, studentId, rules, now), eq(competencyEvidence.competency, competency))).orderBy(desc(competencyEvidence.at), desc(competencyEvidence.id)).limit(50);

/** Levels in subjects since that date. */
export const selectSubjectLevels = (db: Db, readerId: string, studentId: string, rules: GrowthRules, since: string, now: number) =>
  db.select({ id: assessments.id, schoolId: assessments.schoolId, subjectId: assessments.subjectId, subject: sql<string>`(SELECT s.name FROM subjects s WHERE s.id = assessments.subject_id)`.as("subject_name"), title: assessments.title, points: assessments.level, on: assessments.takenOn })
    .from(assessments).where(and(eq(assessments.studentId, studentId), isNull(assessments.removedAt), sql`${assessments.takenOn} >= ${since}`, sql`${mayReadWritten(readerId, sql`${studentId}`, "assessments", rules.assessments, now)}`))
    .orderBy(desc(assessments.takenOn), desc(assessments.id)).limit(200);

type Week = { startsOn: string; endsOn: string };
/** How much was observed in that week, by whom. */
export const selectObserved = (db: Db, readerId: string, studentId: string, rules: GrowthRules, { startsOn, endsOn }: Week, now: number) =>
  db.select({ by: sql<string>`(SELECT u.name FROM users u WHERE u.id = observations.author_id)`.as("observed_by"), times: sql<number>`count(*)`.as("times") }).from(observations)
    .where(and(eq(observations.studentId, studentId), isNull(observations.removedAt), sql`observed_on >= ${startsOn} AND observed_on < ${endsOn}`, sql`${mayReadWritten(readerId, sql`${studentId}`, "observations", rules.progress, now)}`)).groupBy(observations.authorId).orderBy(sql`observed_by`);

/** How long was learned in that week, and on how many days. */
export const selectLearned = (db: Db, readerId: string, studentId: string, rules: GrowthRules, { startsOn, endsOn }: Week, now: number) =>
  db.select({ minutes: sql<number>`coalesce(sum(minutes), 0)`.as("minutes_learned"), days: sql<number>`count(DISTINCT on_date)`.as("days_learned") }).from(activities)
    .where(and(eq(activities.studentId, studentId), sql`on_date >= ${startsOn} AND on_date < ${endsOn}`, sql`${mayReadWritten(readerId, sql`${studentId}`, "activities", rules.activity, now, "everybody")}`));
