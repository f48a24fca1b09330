import type { BankCharge } from "#tests/vendors/control.ts";
import type { Books } from "./books.ts";

/** What must hold of the books at any instant, whatever happened; each fault as a sentence. */
export function faultsIn(books: Books, before: Books | null): string[] {
  return [...ledger(books), ...decisions(books), ...payments(books), ...refunds(books), ...periods(books), ...(before ? endings(books, before) : [])];
}

const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
const count = <T>(items: T[], is: (item: T) => boolean) => items.filter(is).length;
const paid = (payment: { status: string }) => payment.status === "succeeded" || payment.status === "refunded";
const FINAL = ["approved", "denied", "expired", "cancelled"];

function* ledger({ entries, balances, trial }: Books): Generator<string> {
  for (const { unit, total } of trial) if (total !== 0) yield `all accounts in ${unit} add up to ${total}`;
  const moved = new Map<string, number>();
  const move = (account: string, unit: string, amount: number) => moved.set(`${account} ${unit}`, (moved.get(`${account} ${unit}`) ?? 0) + amount);
  for (const entry of entries) {
    if (!(entry.amount > 0) || !Number.isSafeInteger(entry.amount) || !entry.debit || !entry.credit || entry.debit === entry.credit) yield `entry ${entry.kind} of ${entry.cause_id} is not from one account to another`;
    move(entry.debit, entry.unit, entry.amount);
    move(entry.credit, entry.unit, -entry.amount);
  }
  for (const { account, unit, balance } of balances) if (balance !== (moved.get(`${account} ${unit}`) ?? 0)) yield `${account} holds ${balance} ${unit}, by its entries ${moved.get(`${account} ${unit}`) ?? 0}`;
  for (const [name] of moved) if (!name.startsWith("provider:") && !balances.some(({ account, unit }) => name === `${account} ${unit}`)) yield `${name} has entries and no balance`;
}

function* decisions({ requests, decisions, acts }: Books): Generator<string> {
  for (const { id, status } of requests) {
    const ends = acts.filter((act) => act.subject_id === id && FINAL.some((end) => act.action === `purchase.${end}`)).map((act) => act.action.slice(9));
    if (ends.join() !== (status === "pending" ? "" : status)) yield `${id} is ${status}, by the log ${ends.join(", ") || "undecided"}`;
    const made = decisions.filter((decision) => decision.request_id === id);
    const [yes, no] = [count(made, (one) => one.outcome === "approved"), count(made, (one) => one.outcome === "denied")];
    if (status === "approved" ? yes === 0 || no > 0 : no !== (status === "denied" ? 1 : 0)) yield `${id} is ${status} with ${yes} approvals and ${no} denials`;
    if (count(made, (one) => one.guardian_id === null) > 1 || new Set(made.map((one) => one.guardian_id)).size < made.length) yield `${id} was decided twice by the same`;
  }
}

function* payments({ requests, payments, reservations, entries, acts }: Books): Generator<string> {
  for (const { id, status } of payments) {
    const ends = acts.filter((act) => act.subject_id === id && (act.action === "payment.succeeded" || act.action === "payment.failed")).map((act) => act.action.slice(8));
    if (ends.join() !== (paid({ status }) ? "succeeded" : status === "failed" ? "failed" : "")) yield `${id} is ${status}, by the log ${ends.join(", ") || "under way"}`;
  }
  for (const { id, status, amount, minutes } of requests) {
    const [asked, held] = [payments.filter((payment) => payment.request_id === id), reservations.filter((reservation) => reservation.request_id === id)];
    if (count(asked, (payment) => payment.status !== "failed") > 1) yield `${id} has more than one open or paid payment`;
    if ((status === "approved") !== asked.length > 0) yield `${id} is ${status} with ${asked.length} payments`;
    const states = asked.map((payment) => (paid(payment) ? "captured" : payment.status === "failed" ? "released" : "held"));
    if (states.join() !== held.map((one) => one.status).join()) yield `${id} is held as ${held.map((one) => one.status).join()} for payments ${asked.map((one) => one.status).join()}`;
    for (const payment of asked) {
      const posted = entries.filter((entry) => entry.cause_id === payment.id).map((entry) => `${entry.kind} ${entry.amount} ${entry.unit}`).sort();
      const due = paid(payment) ? [`payment ${amount} KES`, `purchase ${amount} KES`, ...(minutes ? [`hours ${minutes} minutes`] : [])].sort() : [];
      if (payment.amount !== amount || posted.join() !== due.join()) yield `${payment.id} is ${payment.status} and posted as ${posted.join() || "nothing"}`;
    }
  }
}

function* refunds({ requests, payments, refunds, entries }: Books): Generator<string> {
  for (const payment of payments) {
    const given = refunds.filter((refund) => refund.payment_id === payment.id);
    const back = total(given.filter((refund) => refund.status === "succeeded").map((refund) => refund.amount));
    if (total(given.filter((refund) => refund.status !== "failed").map((refund) => refund.amount)) > payment.amount) yield `${payment.id}: more goes back than came in`;
    if (paid(payment) && (payment.status === "refunded") !== (back === payment.amount)) yield `${payment.id} is ${payment.status}, and ${back} of ${payment.amount} went back`;
    const minutes = total(entries.filter((entry) => entry.payment_id === payment.id && entry.kind === "refund_of_hours").map((entry) => entry.amount));
    if (payment.status === "refunded" && minutes !== (requests.find((request) => request.id === payment.request_id)!.minutes ?? 0)) yield `${payment.id} is refunded, and ${minutes} minutes went back`;
    for (const refund of given) {
      const posted = entries.filter((entry) => entry.cause_id === refund.id && entry.kind !== "refund_of_hours").map((entry) => `${entry.kind} ${entry.amount}`).sort();
      const due = refund.status === "succeeded" ? [`refund_of_payment ${refund.amount}`, `refund_of_purchase ${refund.amount}`] : [];
      if (posted.join() !== due.join()) yield `${refund.id} is ${refund.status} and posted as ${posted.join() || "nothing"}`;
    }
  }
}

function* periods({ reservations, refunds, periods }: Books): Generator<string> {
  const startsOn = (kind: string) => (kind === "week" ? "week_starts_on" : "month_starts_on");
  for (const { kind, starts_on, reserved, spent } of periods) {
    const here = reservations.filter((reservation) => reservation[startsOn(kind)] === starts_on);
    const amountOf = (status: string) => total(here.filter((reservation) => reservation.status === status).map((reservation) => reservation.amount));
    const back = total(refunds.filter((refund) => refund.status === "succeeded" && refund[startsOn(kind)] === starts_on).map((refund) => refund.amount));
    if (reserved !== amountOf("held") || spent !== amountOf("captured") - back) yield `${kind} ${starts_on} says ${reserved} reserved and ${spent} spent, by its rows ${amountOf("held")} and ${amountOf("captured") - back}`;
  }
  for (const one of reservations) if (count(periods, (period) => one[startsOn(period.kind)] === period.starts_on) !== 2) yield `${one.id} is in no week or month`;
}

/** What is final stays as it was. */
function* endings(now: Books, before: Books): Generator<string> {
  const then = new Map([...before.requests, ...before.payments, ...before.refunds, ...before.reservations].map((row) => [row.id, row]));
  for (const request of now.requests) {
    const old = then.get(request.id);
    if (old && FINAL.includes(old.status) && JSON.stringify(old) !== JSON.stringify(request)) yield `${request.id} was ${old.status} and was changed to ${request.status}`;
  }
  const may: Record<string, string[]> = { failed: [], refunded: [], succeeded: ["refunded"], captured: [], released: [] };
  for (const row of [...now.payments, ...now.reservations]) {
    const old = then.get(row.id);
    if (old && old.status !== row.status && may[old.status] && !may[old.status]!.includes(row.status)) yield `${row.id} was ${old.status} and became ${row.status}`;
  }
  for (const row of now.refunds) if (then.get(row.id) && then.get(row.id)!.status !== "pending" && then.get(row.id)!.status !== row.status) yield `${row.id} was ${then.get(row.id)!.status} and became ${row.status}`;
  if (now.entries.length < before.entries.length || now.acts.length < before.acts.length) yield "entries or audit events vanished";
}

/** What must hold once nothing is under way any more: all is settled, and the bank has exactly what the books say. */
export function faultsAtEnd({ requests, payments, reservations, refunds }: Books, charges: BankCharge[], jobs: { kind: string; status: string; last_error: string | null }[]): string[] {
  const faults: string[] = [];
  for (const row of [...requests, ...payments, ...reservations, ...refunds]) if (["pending", "processing", "held"].includes(row.status)) faults.push(`${row.id} is still ${row.status}`);
  for (const job of jobs) faults.push(`a job ${job.kind} is ${job.status}: ${job.last_error}`);
  for (const payment of payments) {
    const kept = total(charges.filter((charge) => charge.paymentId === payment.id).map((charge) => charge.received - charge.returned));
    const due = paid(payment) ? payment.amount - total(refunds.filter((refund) => refund.payment_id === payment.id && refund.status === "succeeded").map((refund) => refund.amount)) : 0;
    if (kept !== due) faults.push(`${payment.id} is ${payment.status}: the bank has ${kept}, the books ${due}`);
  }
  for (const charge of charges) if (!payments.some((payment) => payment.id === charge.paymentId)) faults.push(`${charge.intent} was charged for no payment of ours`);
  return faults;
}
