import { DB, type Household } from "./household.ts";

/** The rows themselves, each in the order in which they were committed; nothing of what the product makes of them. */
export type Books = {
  requests: { id: string; status: string; revision: number; amount: number; minutes: number | null; decided_at: number | null }[];
  decisions: { request_id: string; guardian_id: string | null; outcome: string; over_limit: number }[];
  reservations: { id: string; request_id: string; amount: number; status: string; over_limit: number; week_starts_on: string; month_starts_on: string; week_used_before: number; month_used_before: number }[];
  payments: { id: string; request_id: string; status: string; amount: number; currency: string }[];
  refunds: { id: string; payment_id: string; status: string; amount: number; week_starts_on: string | null; month_starts_on: string | null }[];
  entries: { cause_id: string; payment_id: string; kind: string; debit: string; credit: string; amount: number; unit: string }[];
  balances: { account: string; unit: string; balance: number }[];
  periods: { kind: string; starts_on: string; reserved: number; spent: number }[];
  /** All accounts of all families together. */
  trial: { unit: string; total: number }[];
  acts: { at: number; actor_id: string | null; action: string; subject_id: string; details: string }[];
};

const QUERIES: Record<keyof Books, string> = {
  requests: "SELECT * FROM purchase_requests WHERE student_id = ?1 ORDER BY rowid",
  decisions: "SELECT d.* FROM purchase_decisions d JOIN purchase_requests r ON r.id = d.request_id WHERE r.student_id = ?1 ORDER BY d.rowid",
  reservations: "SELECT * FROM reservations WHERE child_id = ?1 ORDER BY rowid",
  payments: "SELECT * FROM payments WHERE student_id = ?1 ORDER BY rowid",
  refunds: "SELECT f.* FROM refunds f JOIN payments p ON p.id = f.payment_id WHERE p.student_id = ?1 ORDER BY f.rowid",
  entries: "SELECT * FROM ledger_entries WHERE student_id = ?1 ORDER BY rowid",
  balances: "SELECT * FROM ledger_balances WHERE account IN ('student:' || ?1, (SELECT 'school:' || school_id FROM purchase_requests WHERE student_id = ?1 LIMIT 1))",
  periods: "SELECT * FROM budget_periods WHERE child_id = ?1",
  trial: "SELECT unit, sum(balance) AS total FROM ledger_balances WHERE ?1 <> '' GROUP BY unit",
  acts: "SELECT at, actor_id, action, subject_id, details FROM audit_events WHERE child_id = ?1 ORDER BY rowid",
};

export async function readBooks({ childId }: Household): Promise<Books> {
  const names = Object.keys(QUERIES) as (keyof Books)[];
  const answers = await DB.batch(names.map((name) => DB.prepare(QUERIES[name]).bind(childId)));
  return Object.fromEntries(names.map((name, index) => [name, answers[index]!.results])) as unknown as Books;
}
