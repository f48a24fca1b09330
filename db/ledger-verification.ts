import type { Db } from "./client.ts";

/** One thing that does not agree with the rest: what it should be, and what it is, where that can be said in a number. */
export type LedgerFault = { code: string; subject: string; expected: number | null; found: number | null };
export type TrialBalance = { unit: string; debits: number; credits: number };

const SCOPE = "scope AS (SELECT value AS id FROM json_each(?1))";
const IN_SCOPE = "school_id IN (SELECT id FROM scope)";

const COUNT = `WITH ${SCOPE} SELECT count(*) AS entries FROM ledger_entries WHERE ${IN_SCOPE}`;

/** Debits and credits counted apart, each account by itself, so that an entry with a lost half would show. */
const TRIAL = `WITH ${SCOPE} SELECT unit, sum(CASE WHEN debit IS NOT NULL THEN amount ELSE 0 END) AS debits, sum(CASE WHEN credit IS NOT NULL THEN amount ELSE 0 END) AS credits
  FROM ledger_entries WHERE ${IN_SCOPE} GROUP BY unit ORDER BY unit`;

/** The caches of all accounts together: nothing arises and nothing is lost. */
const TRIAL_OF_CACHE = "SELECT 'trial_balance' AS code, unit AS subject, 0 AS expected, sum(balance) AS found FROM ledger_balances GROUP BY unit HAVING sum(balance) <> 0";

/** Cached balances against the entries. The provider's account is everybody's: of it only the difference is told. */
const BALANCES = `WITH ${SCOPE},
  accounts AS (SELECT debit AS account FROM ledger_entries WHERE ${IN_SCOPE} UNION SELECT credit FROM ledger_entries WHERE ${IN_SCOPE} UNION SELECT 'school:' || id FROM scope),
  moved AS (SELECT debit AS account, unit, amount FROM ledger_entries WHERE debit IN accounts UNION ALL SELECT credit, unit, -amount FROM ledger_entries WHERE credit IN accounts),
  recomputed AS (SELECT account, unit, sum(amount) AS balance FROM moved GROUP BY account, unit),
  cached AS (SELECT account, unit, balance FROM ledger_balances WHERE account IN accounts),
  compared AS (SELECT coalesce(r.account, c.account) AS account, coalesce(r.unit, c.unit) AS unit, coalesce(r.balance, 0) AS expected, coalesce(c.balance, 0) AS found
    FROM recomputed r FULL JOIN cached c ON c.account = r.account AND c.unit = r.unit)
  SELECT 'balance_cache' AS code, account || ' ' || unit AS subject, CASE WHEN account LIKE 'provider:%' THEN 0 ELSE expected END AS expected, CASE WHEN account LIKE 'provider:%' THEN found - expected ELSE found END AS found
  FROM compared WHERE expected <> found`;

const entry = (kind: string, cause: string, debit: string, credit: string, amount: string, unit: string) =>
  `EXISTS (SELECT 1 FROM ledger_entries e WHERE e.cause_id = ${cause} AND e.kind = '${kind}' AND e.debit = ${debit} AND e.credit = ${credit} AND e.amount = ${amount} AND e.unit = ${unit})`;
const [STUDENT, SCHOOL, PROVIDER] = ["'student:' || p.student_id", "'school:' || p.school_id", "'provider:stripe'"];

/** Every payment that succeeded is in the books with exactly its amounts, and no other is. */
const PAYMENTS = `WITH ${SCOPE}
  SELECT 'payment_not_posted' AS code, p.id AS subject, p.amount AS expected, (SELECT sum(amount) FROM ledger_entries e WHERE e.cause_id = p.id AND e.kind = 'payment') AS found
  FROM payments p JOIN purchase_requests r ON r.id = p.request_id WHERE p.${IN_SCOPE} AND p.status IN ('succeeded', 'refunded') AND NOT (
    ${entry("payment", "p.id", STUDENT, PROVIDER, "p.amount", "p.currency")} AND ${entry("purchase", "p.id", SCHOOL, STUDENT, "p.amount", "p.currency")}
    AND (coalesce(r.minutes, 0) = 0 OR ${entry("hours", "p.id", STUDENT, SCHOOL, "r.minutes", "'minutes'")}))
  UNION ALL SELECT 'posted_unpaid', e.id, 0, e.amount FROM ledger_entries e JOIN payments p ON p.id = e.payment_id WHERE e.${IN_SCOPE} AND p.status NOT IN ('succeeded', 'refunded')
  UNION ALL SELECT 'entry_without_cause', e.id, 0, e.amount FROM ledger_entries e WHERE e.${IN_SCOPE} AND e.cause_id <> e.payment_id
    AND NOT EXISTS (SELECT 1 FROM refunds f WHERE f.id = e.cause_id AND f.payment_id = e.payment_id AND f.status = 'succeeded')
  UNION ALL SELECT 'request_paid_twice', p.request_id, 1, count(*) FROM payments p WHERE p.${IN_SCOPE} AND p.status IN ('succeeded', 'refunded') GROUP BY p.request_id HAVING count(*) > 1`;

const REFUNDS = `WITH ${SCOPE}
  SELECT 'refund_not_posted' AS code, f.id AS subject, f.amount AS expected, (SELECT sum(amount) FROM ledger_entries e WHERE e.cause_id = f.id AND e.kind = 'refund_of_payment') AS found
  FROM refunds f JOIN payments p ON p.id = f.payment_id WHERE p.${IN_SCOPE} AND f.status = 'succeeded' AND NOT (
    ${entry("refund_of_payment", "f.id", PROVIDER, STUDENT, "f.amount", "f.currency")} AND ${entry("refund_of_purchase", "f.id", STUDENT, SCHOOL, "f.amount", "f.currency")})
  UNION ALL SELECT 'refund_status', p.id, p.amount, coalesce(given.amount, 0) FROM payments p
    LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refunds WHERE status = 'succeeded' GROUP BY payment_id) given ON given.payment_id = p.id
    WHERE p.${IN_SCOPE} AND p.status IN ('succeeded', 'refunded') AND (p.status = 'refunded') <> (coalesce(given.amount, 0) = p.amount)`;

/** What the periods hold against reservations and refunds, for the children of this school. */
const PERIODS = `WITH ${SCOPE},
  children AS (SELECT DISTINCT student_id AS id FROM purchase_requests WHERE ${IN_SCOPE}),
  movements AS (
    SELECT child_id, 'week' AS kind, week_starts_on AS starts_on, CASE WHEN status = 'held' THEN amount ELSE 0 END AS reserved, CASE WHEN status = 'captured' THEN amount ELSE 0 END AS spent FROM reservations WHERE child_id IN children
    UNION ALL SELECT child_id, 'month', month_starts_on, CASE WHEN status = 'held' THEN amount ELSE 0 END, CASE WHEN status = 'captured' THEN amount ELSE 0 END FROM reservations WHERE child_id IN children
    UNION ALL SELECT p.student_id, 'week', f.week_starts_on, 0, -f.amount FROM refunds f JOIN payments p ON p.id = f.payment_id WHERE f.status = 'succeeded' AND p.student_id IN children
    UNION ALL SELECT p.student_id, 'month', f.month_starts_on, 0, -f.amount FROM refunds f JOIN payments p ON p.id = f.payment_id WHERE f.status = 'succeeded' AND p.student_id IN children),
  recomputed AS (SELECT child_id, kind, starts_on, sum(reserved) AS reserved, sum(spent) AS spent FROM movements GROUP BY child_id, kind, starts_on),
  cached AS (SELECT child_id, kind, starts_on, reserved, spent FROM budget_periods WHERE child_id IN children),
  compared AS (SELECT coalesce(r.child_id, c.child_id) || ' ' || coalesce(r.kind, c.kind) || ' ' || coalesce(r.starts_on, c.starts_on) AS subject,
    coalesce(r.reserved, 0) AS reserved, coalesce(c.reserved, 0) AS cached_reserved, coalesce(r.spent, 0) AS spent, coalesce(c.spent, 0) AS cached_spent
    FROM recomputed r FULL JOIN cached c ON c.child_id = r.child_id AND c.kind = r.kind AND c.starts_on = r.starts_on)
  SELECT 'period_reserved' AS code, subject, reserved AS expected, cached_reserved AS found FROM compared WHERE reserved <> cached_reserved
  UNION ALL SELECT 'period_spent', subject, spent, cached_spent FROM compared WHERE spent <> cached_spent`;

/** Held while a payment is open, captured when it is paid, and only for what was approved. */
const RESERVATIONS = `WITH ${SCOPE}
  SELECT 'reservation_without_payment' AS code, v.id AS subject, NULL AS expected, v.amount AS found FROM reservations v JOIN purchase_requests r ON r.id = v.request_id
    WHERE r.${IN_SCOPE} AND v.status <> 'released' AND (r.status <> 'approved' OR v.amount <> r.amount OR NOT EXISTS (SELECT 1 FROM payments p WHERE p.request_id = r.id
      AND (v.status = 'held' AND p.status IN ('pending', 'processing') OR v.status = 'captured' AND p.status IN ('succeeded', 'refunded'))))
  UNION ALL SELECT 'payment_without_reservation', p.id, p.amount, NULL FROM payments p WHERE p.${IN_SCOPE} AND p.status <> 'failed'
    AND NOT EXISTS (SELECT 1 FROM reservations v WHERE v.request_id = p.request_id AND v.amount = p.amount AND v.status = CASE WHEN p.status IN ('pending', 'processing') THEN 'held' ELSE 'captured' END)`;

const MOST = 200;

/** Recomputes these schools' books from the entries. One round trip. */
export async function verifyLedger(db: Db, schoolIds: string[]): Promise<{ entries: number; trial: TrialBalance[]; faults: LedgerFault[] }> {
  const scope = JSON.stringify(schoolIds);
  const scoped = (query: string) => db.$client.prepare(query).bind(scope);
  const [count, trial, ...checks] = await db.$client.batch([scoped(COUNT), scoped(TRIAL), db.$client.prepare(TRIAL_OF_CACHE), ...[BALANCES, PAYMENTS, REFUNDS, PERIODS, RESERVATIONS].map((query) => scoped(`${query} LIMIT ${MOST}`))]);
  return {
    entries: (count!.results[0] as { entries: number }).entries,
    trial: trial!.results as TrialBalance[],
    faults: checks.flatMap((check) => check.results as LedgerFault[]),
  };
}
