import { DomainError } from "#app/domain/errors.ts";
import { HOUR } from "#app/domain/clock.ts";
import { turnPeriods } from "#app/domain/budgets/turn-periods.server.ts";
import { bankCharges, settle } from "#tests/vendors/client.ts";
import { approvals } from "#worker/crons/approvals.ts";
import { reconcilePayments } from "#worker/crons/reconcile-payments.ts";
import type { Step, Story } from "./acts.ts";
import { readBooks, readTrialBalance, type Books } from "./books.ts";
import { DB, lookRound, makeHousehold, setMood, type Household, type Standing } from "./household.ts";
import { faultsAtEnd, faultsIn } from "./invariants.ts";
import { holdsOverLimit } from "./limits.ts";
import { perform, work, type Promised } from "./perform.ts";
import { inTrouble } from "./trouble.ts";

/** What came of the acts of all stories, and in which states things ended. */
export type Tally = Map<string, number>;
const add = (tally: Tally, what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);

/** Lives a story through. Throws, saying what is wrong and after which step. */
export async function live({ cards, steps }: Story, tally: Tally): Promise<void> {
  const home = await makeHousehold(cards);
  const promised: Promised[] = [];
  let books: Books | null = null;
  for (const [index, step] of steps.entries()) {
    home.ctx.setNow(home.ctx.clock.now() + step.hoursLater * HOUR);
    if (step.bank) await setMood(home, step.bank);
    promised.push(...(await happen(home, step, tally)));
    books = await examine(home, books, promised, `after step ${index + 1}`);
  }
  await settleEverything(home);
  await examine(home, books, promised, "in the end");
  await examineEnd(home, tally);
}

async function happen(home: Household, { together }: Step, tally: Tally): Promise<Promised[]> {
  const standing = await lookRound(home);
  const kept = await Promise.all(together.map(async ({ trouble, ...act }) => {
    const { ctx, struck } = inTrouble(home.ctx, DB, trouble);
    try {
      const kept = await perform(ctx, home, standing, act);
      add(tally, `${act.act}: done`);
      return kept;
    } catch (error) {
      // What was refused or broke off may have happened or not; anything else is a fault.
      if (error instanceof DomainError || struck()) return add(tally, `${act.act}: ${struck() ? "broke off" : "refused"}`), [];
      throw new Error(`"${act.act}" crashed`, { cause: error });
    }
  }));
  await DB.prepare("DELETE FROM jobs WHERE kind = 'mail-notification'").run();
  return kept.flat();
}

async function examine(home: Household, before: Books | null, promised: Promised[], when: string): Promise<Books> {
  const books = await readBooks(home);
  const faults = [...faultsIn(books, before), ...holdsOverLimit(books)];
  for (const [unit, total] of Object.entries(await readTrialBalance())) if (total !== 0) faults.push(`the accounts in ${unit} add up to ${total}`);
  const latest = promised.slice(-100);
  const kept = latest.length ? await DB.batch<{ found: number }>(latest.map(({ query, values }) => DB.prepare(query).bind(...values))) : [];
  for (const [index, answer] of kept.entries()) if (!answer.results[0]!.found) faults.push(`was acknowledged and is not there: ${latest[index]!.query} ${latest[index]!.values.join(", ")}`);
  if (faults.length) throw new Error(`${when}: ${faults.join("; ")}`);
  return books;
}

/** The bank makes up its mind, and time passes with working sweeps until nothing is under way. */
async function settleEverything(home: Household): Promise<void> {
  await setMood(home, "as_card");
  for (let round = 0; round < 12; round++) {
    home.ctx.setNow(home.ctx.clock.now() + (round < 2 ? 0.5 : round < 4 ? 100 : 7) * HOUR);
    const standing: Standing = await lookRound(home);
    for (const payment of standing.payments) if (payment.status === "processing" && payment.intentRef) await settle({ intent: payment.intentRef }, round % 2 ? "fail" : "succeed");
    for (const refund of standing.refunds) await settle({ refund: refund.providerRef });
    while ((await approvals(home.ctx)) > 0);
    await turnPeriods(home.ctx);
    await reconcilePayments(home.ctx);
    while ((await work(home.ctx, 50)) > 0);
  }
}

async function examineEnd(home: Household, tally: Tally): Promise<void> {
  const { results: jobs } = await DB.prepare("SELECT kind, status, last_error FROM jobs WHERE status <> 'done' AND kind <> 'mail-notification'").all<{ kind: string; status: string; last_error: string | null }>();
  const [books, charges] = [await readBooks(home), home.customers.length ? await bankCharges(home.customers) : []];
  for (const kind of ["requests", "payments", "refunds", "reservations"] as const) for (const row of books[kind]) add(tally, `${kind} ${row.status}`);
  for (const reservation of books.reservations) if (reservation.over_limit) add(tally, "holds over a limit, allowed");
  for (const charge of charges) if (charge.returned) add(tally, "charges given back");
  const faults = faultsAtEnd(books, charges, jobs);
  if (faults.length) throw new Error(`in the end: ${faults.join("; ")}`);
}
