import { and, desc, eq, lt, sql, type SQL } from "drizzle-orm";
import type { Db, Write } from "./client.ts";
import { knownAs } from "./former-accounts.ts";
import { families, familyMembers } from "./schema/families.ts";
import { users } from "./schema/identity.ts";
import { ledgerBalances, ledgerEntries, payments } from "./schema/payments.ts";
import { purchaseRequests } from "./schema/purchases.ts";

type Posting = { id: string; debit: string; credit: string; amount: number; unit: string; kind: typeof ledgerEntries.$inferInsert.kind };
type Cause = { paymentId?: string; causeId: string; schoolId: string; studentId: string; at: number };

const PROVIDER = "provider:stripe";
const schoolAccount = (id: string) => `school:${id}`;
export const studentAccount = (id: string) => `student:${id}`;
/** The unit of lesson time, beside the currencies. */
export const MINUTES = "minutes";

type Paid = { paymentId: string; schoolId: string; studentId: string; amount: number; currency: string; minutes: number | null; at: number };

/** A payment as it enters the books: the provider gives to the student, who buys from the school, which owes lesson time for it. */
export function postPayment(db: Db, makeId: () => string, { amount, currency, minutes, ...paid }: Paid): Write[] {
  const [school, student] = [schoolAccount(paid.schoolId), studentAccount(paid.studentId)];
  return post(db, { ...paid, causeId: paid.paymentId }, [
    { id: makeId(), debit: student, credit: PROVIDER, amount, unit: currency, kind: "payment" },
    { id: makeId(), debit: school, credit: student, amount, unit: currency, kind: "purchase" },
    { id: makeId(), debit: student, credit: school, amount: minutes ?? 0, unit: MINUTES, kind: "hours" },
  ]);
}

/** The way back, for a refund of the whole or a part. */
export function postRefund(db: Db, makeId: () => string, { amount, currency, minutes, refundId, ...paid }: Paid & { refundId: string }): Write[] {
  const [school, student] = [schoolAccount(paid.schoolId), studentAccount(paid.studentId)];
  return post(db, { ...paid, causeId: refundId }, [
    { id: makeId(), debit: school, credit: student, amount: minutes ?? 0, unit: MINUTES, kind: "refund_of_hours" },
    { id: makeId(), debit: student, credit: school, amount, unit: currency, kind: "refund_of_purchase" },
    { id: makeId(), debit: PROVIDER, credit: student, amount, unit: currency, kind: "refund_of_payment" },
  ]);
}

type Attended = { lessonId: string; schoolId: string; studentId: string; minutes: number; at: number };

/** A lesson takes its minutes from the student, once. */
export const postLesson = (db: Db, makeId: () => string, { lessonId, minutes, ...lesson }: Attended): Write[] =>
  post(db, { ...lesson, causeId: lessonId }, [{ id: makeId(), debit: schoolAccount(lesson.schoolId), credit: studentAccount(lesson.studentId), amount: minutes, unit: MINUTES, kind: "lesson" }]);

/** And a make-up gives them back, once. */
export const postMakeUp = (db: Db, makeId: () => string, { lessonId, minutes, ...lesson }: Attended): Write[] =>
  post(db, { ...lesson, causeId: lessonId }, [{ id: makeId(), debit: studentAccount(lesson.studentId), credit: schoolAccount(lesson.schoolId), amount: minutes, unit: MINUTES, kind: "make_up" }]);

/** Minutes that the student has with this school, as an expression: what it gave less what it took. Hours are spent where they were bought. */
export const minutesWith = (studentId: string | SQL, schoolId: string | SQL) =>
  sql<number>`(SELECT coalesce(sum(CASE WHEN h.debit = 'student:' || h.student_id THEN h.amount ELSE -h.amount END), 0) FROM ledger_entries h WHERE h.student_id IN ${knownAs(sql`json_array(${studentId})`)} AND h.school_id = ${schoolId} AND h.unit = 'minutes')`;

const post = (db: Db, cause: Cause, postings: Posting[]): Write[] => postings.filter((posting) => posting.amount > 0).map((posting) => db.insert(ledgerEntries).values({ ...posting, ...cause }));

/** Who the student is, and in which currency the family counts. */
export const selectStudent = (db: Db, studentId: string) =>
  db.select({ name: users.name, currency: families.currency }).from(users)
    .leftJoin(familyMembers, and(eq(familyMembers.userId, users.id), eq(familyMembers.role, "student"))).leftJoin(families, eq(families.id, familyMembers.familyId))
    .where(eq(users.id, studentId)).orderBy(familyMembers.joinedAt).limit(1);

export const selectBalances = (db: Db, studentId: string) => db.select({ unit: ledgerBalances.unit, balance: sql<number>`sum(${ledgerBalances.balance})`.as("balance") }).from(ledgerBalances)
  .where(sql`${ledgerBalances.account} IN (SELECT 'student:' || id FROM ${knownAs(JSON.stringify([studentId]))})`).groupBy(ledgerBalances.unit);

/** Minutes held for the student's lessons, at whatever school. One row always. */
export const selectMinutesHeld = (db: Db, studentId: string) => db.select({
  minutes: sql<number>`(SELECT coalesce(sum((h.ends_at - h.starts_at) / 60000), 0) FROM lessons h WHERE h.student_id = ${studentId} AND h.uses_hours = 1 AND h.hours IS NULL)`.as("minutes_held"),
}).from(sql`(SELECT 1)`);

/** A student's entries, newest first, with what was bought. */
export const selectStudentEntries = (db: Db, studentId: string, page: { before?: string | undefined; limit: number }) =>
  db.select({ id: ledgerEntries.id, at: ledgerEntries.at, kind: ledgerEntries.kind, debit: ledgerEntries.debit, studentId: ledgerEntries.studentId, amount: ledgerEntries.amount, unit: ledgerEntries.unit, paymentId: ledgerEntries.paymentId, causeId: ledgerEntries.causeId, planName: purchaseRequests.planName, lesson: sql<string | null>`(SELECT coalesce(e.custom_name, s.name) FROM lessons l JOIN enrolments e ON e.id = l.enrolment_id JOIN subjects s ON s.id = e.subject_id WHERE l.id = ${ledgerEntries.causeId})`.as("lesson_subject"), lessonAt: sql<number | null>`(SELECT l.starts_at FROM lessons l WHERE l.id = ${ledgerEntries.causeId})`.as("lesson_at") })
    .from(ledgerEntries).leftJoin(payments, eq(payments.id, ledgerEntries.paymentId)).leftJoin(purchaseRequests, eq(purchaseRequests.id, payments.requestId))
    .where(and(sql`${ledgerEntries.studentId} IN ${knownAs(JSON.stringify([studentId]))}`, page.before ? lt(ledgerEntries.id, page.before) : undefined)).orderBy(desc(ledgerEntries.id)).limit(page.limit);
