import { DomainError } from "#app/domain/errors.ts";
import { HOUR } from "#app/domain/clock.ts";
import { turnPeriods } from "#app/domain/budgets/turn-periods.server.ts";
import { bankCharges, forgetKeys, openCheckouts, settle } from "#tests/vendors/client.ts";
import { approvals } from "#worker/crons/approvals.ts";
import { reconcilePayments } from "#worker/crons/reconcile-payments.ts";
import type { Step, Story } from "./acts.ts";
import { readBooks, type Books } from "./books.ts";
import { DB, emptyLetterBox, lookRound, makeHousehold, setMood, type Household } from "./household.ts";
import { faultsAtEnd, faultsIn } from "./invariants.ts";
import { holdsOverLimit } from "./limits.ts";
import { hear, perform, work, type Promised } from "./perform.ts";
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
    if (step.hoursLater >= 24) await forgetKeys(home.customers);
    if (step.bank) await setMood(home, step.bank);
    const kept = await happen(home, step, tally);
    books = await examine(home, books, kept, `after step ${index + 1}`);
    promised.push(...kept);
  }
  await settleEverything(home);
  await examine(home, books, promised, "in the end");
  await examineEnd(home, tally);
}

async function happen(home: Household, { together }: Step, tally: Tally): Promise<Promised[]> {
  const standing = await lookRound(home);
  if (together.some(({ act }) => act === "hear webhook")) await emptyLetterBox(home);
  if (together.some(({ act }) => act === "pay at checkout")) home.checkouts = await openCheckouts(home.customers);
  const kept = await Promise.all(together.map(async ({ trouble, ...act }) => {
    const { ctx, struck } = inTrouble(home.ctx, DB, trouble);
    try {
      const kept = await perform(ctx, home, standing, act);
      add(tally, `${act.act}: done`);
      return kept;
    } catch (error) {
      // What was refused or broke off may have happened or not; anything else is a fault.
      if (struck()) add(tally, `${act.act}: broke off`);
      else if (error instanceof DomainError) add(tally, `${act.act}: refused`);
      else throw new Error(`"${act.act}" crashed`, { cause: error });
      return [];
    }
  }));
  await DB.prepare("DELETE FROM jobs WHERE kind = 'deliver-notification'").run();
  return kept.flat();
}

async function examine(home: Household, before: Books | null, promised: Promised[], when: string): Promise<Books> {
  const books = await readBooks(home);
  const faults = [...faultsIn(books, before), ...holdsOverLimit(books)];
  const kept = promised.length ? await DB.batch<{ found: number }>(promised.map(({ query, values }) => DB.prepare(query).bind(...values))) : [];
  for (const [index, answer] of kept.entries()) if (!answer.results[0]!.found) faults.push(`was acknowledged and is not there: ${promised[index]!.query} ${promised[index]!.values.join(", ")}`);
  if (faults.length) throw new Error(`${when}: ${faults.join("; ")}`);
  return books;
}

/** The bank makes up its mind, and time passes with working sweeps until nothing is under way. */
async function settleEverything(home: Household): Promise<void> {
  await setMood(home, "as_card");
  for (let round = 0; round < 12; round++) {
    home.ctx.setNow(home.ctx.clock.now() + (round < 2 ? 0.5 : round < 4 ? 100 : 7) * HOUR);
    const standing = await lookRound(home);
    for (const payment of standing.payments) if (payment.status === "processing" && payment.intentRef) await settle({ intent: payment.intentRef }, round % 2 ? "fail" : "succeed");
    for (const refund of standing.refunds) await settle({ refund: refund.providerRef });
    if (round === 8) await hearOfStrays(home);
    while ((await approvals(home.ctx)) > 0);
    await turnPeriods(home.ctx);
    await reconcilePayments(home.ctx);
    while ((await work(home.ctx, 50)) > 0);
  }
}

/** Of a page whose opening we never heard of, only the provider can tell that it was paid: after a week of trying it gets through. */
async function hearOfStrays(home: Household): Promise<void> {
  await emptyLetterBox(home);
  for (const sent of home.mail) if (sent.type === "checkout.session.completed") await hear(home.ctx, sent, "once");
}

async function examineEnd(home: Household, tally: Tally): Promise<void> {
  const { results: jobs } = await DB.prepare("SELECT kind, status, last_error FROM jobs WHERE status <> 'done' AND kind <> 'deliver-notification'").all<{ kind: string; status: string; last_error: string | null }>();
  const [books, charges] = [await readBooks(home), home.customers.length ? await bankCharges(home.customers) : []];
  for (const kind of ["requests", "payments", "refunds", "reservations"] as const) for (const row of books[kind]) add(tally, `${kind} ${row.status}`);
  for (const reservation of books.reservations) if (reservation.over_limit) add(tally, "holds over a limit, allowed");
  for (const charge of charges) if (charge.returned) add(tally, "charges given back");
  for (const { action } of books.acts) if (action === "payment.charge_returned") add(tally, "charges that must not stay");
  const faults = faultsAtEnd(books, charges, jobs);
  if (faults.length) throw new Error(`in the end: ${faults.join("; ")}`);
}
