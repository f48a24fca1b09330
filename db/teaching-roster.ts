import { eq } from "drizzle-orm";
import { putMany } from "./bulk.ts";
import type { Db } from "./client.ts";
import { sourcedIds } from "./schema/imports.ts";
import { classes, enrolments, subjects, terms } from "./schema/schools.ts";

export type { ClassRow, EnrolmentRow, SubjectRow } from "./enrolments.ts";
export type TermRow = typeof terms.$inferSelect;
export type SourcedKind = (typeof sourcedIds.$inferSelect)["kind"];

/** All of a school's teaching, for a roster to be held against; statements for the caller's batch. */
export const selectRosterSubjects = (db: Db, schoolId: string) => db.select().from(subjects).where(eq(subjects.schoolId, schoolId)).orderBy(subjects.id);
export const selectRosterClasses = (db: Db, schoolId: string) => db.select().from(classes).where(eq(classes.schoolId, schoolId)).orderBy(classes.id);
export const selectTerms = (db: Db, schoolId: string) => db.select().from(terms).where(eq(terms.schoolId, schoolId)).orderBy(terms.startsOn, terms.id);
export const selectRosterEnrolments = (db: Db, schoolId: string) => db.select().from(enrolments).where(eq(enrolments.schoolId, schoolId)).orderBy(enrolments.id);
export const selectSourcedIds = (db: Db, schoolId: string) =>
  db.select({ kind: sourcedIds.kind, sourcedId: sourcedIds.sourcedId, targetId: sourcedIds.targetId }).from(sourcedIds).where(eq(sourcedIds.schoolId, schoolId)).orderBy(sourcedIds.kind, sourcedIds.sourcedId);

export const putSubjects = (db: Db, rows: (typeof subjects.$inferInsert)[]) => putMany(db, subjects, ["id"], ["name", "code", "active"], rows);
export const putTerms = (db: Db, rows: (typeof terms.$inferInsert)[]) => putMany(db, terms, ["id"], ["name", "kind", "parentId", "startsOn", "endsOn"], rows);
export const putClasses = (db: Db, rows: (typeof classes.$inferInsert)[]) => putMany(db, classes, ["id"], ["name", "level", "subjectId", "teacherId", "termId", "active"], rows);
export const putSourcedIds = (db: Db, rows: (typeof sourcedIds.$inferInsert)[]) => putMany(db, sourcedIds, ["schoolId", "kind", "sourcedId"], ["targetId"], rows);
