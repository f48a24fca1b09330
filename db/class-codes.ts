import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { named, type Db } from "./client.ts";
import { passwords, users } from "./schema/identity.ts";
import { classCodes, classes, enrolments, memberships, schools, terms } from "./schema/schools.ts";

/** A class that this person teaches, in whole or in an enrolment, or whose school they administer; with its open code, if there is one. Any other class is unknown. */
export const selectClassToOpen = (db: Db, readerId: string, classId: string, now: number) =>
  db.select({
    classId: named(classes.id, "class_id"), name: classes.name, schoolId: classes.schoolId, timeZone: schools.timeZone, termEndsOn: terms.endsOn,
    codeId: named(classCodes.id, "code_id"), expiresAt: classCodes.expiresAt, madeAt: named(classCodes.createdAt, "made_at"),
  }).from(classes)
    .innerJoin(schools, eq(schools.id, classes.schoolId))
    .leftJoin(terms, eq(terms.id, classes.termId))
    .leftJoin(classCodes, and(eq(classCodes.classId, classes.id), isNull(classCodes.revokedAt), gt(classCodes.expiresAt, now)))
    .where(and(eq(classes.id, classId), eq(classes.active, true), sql`EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${readerId} AND m.school_id = classes.school_id AND m.active = 1 AND (m.role IN ('school_owner', 'school_admin')
      OR (m.role = 'teacher' AND (classes.teacher_id = m.user_id OR EXISTS (SELECT 1 FROM enrolments e WHERE e.class_id = classes.id AND e.teacher_id = m.user_id AND e.starts_at <= ${now} AND (e.ends_at IS NULL OR ${now} < e.ends_at))))))`));
export type ClassToOpen = Awaited<ReturnType<typeof selectClassToOpen>>[number];

/** One code a class: a new one shuts the old one. */
export const putClassCode = (db: Db, code: typeof classCodes.$inferInsert) => [revokeClassCode(db, code.schoolId, code.classId, code.createdAt), db.insert(classCodes).values(code)];
export const revokeClassCode = (db: Db, schoolId: string, classId: string, now: number) =>
  db.update(classCodes).set({ revokedAt: now }).where(and(eq(classCodes.schoolId, schoolId), eq(classCodes.classId, classId), isNull(classCodes.revokedAt)));

const isOpen = (codeHash: string, now: number) => and(eq(classCodes.codeHash, codeHash), isNull(classCodes.revokedAt), gt(classCodes.expiresAt, now));

export const selectOpenCode = (db: Db, codeHash: string, now: number) =>
  db.select({ codeId: classCodes.id, expiresAt: classCodes.expiresAt }).from(classCodes).innerJoin(classes, and(eq(classes.id, classCodes.classId), eq(classes.active, true))).where(isOpen(codeHash, now));

/** Students who are in the class of that code now, by name, with what their sign-in has to check. */
export const selectClassStudents = (db: Db, codeHash: string, now: number) =>
  db.selectDistinct({ userId: users.id, name: users.name, username: users.username, hash: passwords.hash })
    .from(classCodes)
    .innerJoin(classes, and(eq(classes.id, classCodes.classId), eq(classes.active, true)))
    .innerJoin(enrolments, and(eq(enrolments.classId, classes.id), sql`${enrolments.startsAt} <= ${now} AND (${enrolments.endsAt} IS NULL OR ${now} < ${enrolments.endsAt})`))
    .innerJoin(users, and(eq(users.id, enrolments.studentId), eq(users.kind, "child"), eq(users.status, "active")))
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.schoolId, classCodes.schoolId), eq(memberships.role, "student"), eq(memberships.active, true)))
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(isOpen(codeHash, now)).orderBy(users.name, users.id).limit(100);
export type ClassStudent = Awaited<ReturnType<typeof selectClassStudents>>[number];
