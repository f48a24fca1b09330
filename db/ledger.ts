import type { Db, Write } from "./client.ts";
import { ledgerEntries } from "./schema/payments.ts";

type Posting = { id: string; debit: string; credit: string; amount: number; unit: string; kind: typeof ledgerEntries.$inferInsert.kind };
type Cause = { paymentId: string; causeId: string; schoolId: string; studentId: string; at: number };

const PROVIDER = "provider:stripe";
export const schoolAccount = (id: string) => `school:${id}`;
export const studentAccount = (id: string) => `student:${id}`;
/** The unit of lesson time, beside the currencies. */
export const MINUTES = "minutes";

export type Paid = { paymentId: string; schoolId: string; studentId: string; amount: number; currency: string; minutes: number | null; at: number };

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

const post = (db: Db, cause: Cause, postings: Posting[]): Write[] => postings.filter((posting) => posting.amount > 0).map((posting) => db.insert(ledgerEntries).values({ ...posting, ...cause }));
