import { MINUTES, selectBalances, selectMinutesHeld, selectStudent, selectStudentEntries, studentAccount } from "#db/ledger.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import type { Money } from "../money.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { authorize } from "../policy.ts";

/** One movement on a student's account: above zero it came in, below it went out. */
type AccountEntry = { id: string; at: number; kind: string; amount: number; unit: string; planName: string | null; lesson: string | null; lessonAt: number | null; paymentId: string | null; causeId: string };
type Account = { studentId: string; name: string; minutes: number; /** Of these, held for lessons to come. */ minutesHeld: number; balance: Money; entries: AccountEntry[]; nextCursor: string | null };

/** What a student has, in lesson time and money, and how it came to be. Throws not_found, forbidden. */
export async function getAccount(ctx: AppContext, actor: Actor, studentId: string, page: Paging): Promise<Account> {
  authorize(actor, "account:view", studentId);
  const [[student], balances, [held], found] = await ctx.db.batch([selectStudent(ctx.db, studentId), selectBalances(ctx.db, studentId), selectMinutesHeld(ctx.db, studentId), selectStudentEntries(ctx.db, studentId, { before: page.cursor, limit: page.limit + 1 })]);
  const money = balances.find(({ unit }) => unit !== MINUTES);
  const currency = student!.currency ?? money?.unit ?? "KES";
  const { items, nextCursor } = pageOf(found, page.limit, byId);
  return {
    studentId,
    name: student!.name,
    minutes: balances.find(({ unit }) => unit === MINUTES)?.balance ?? 0,
    minutesHeld: held!.minutes,
    balance: { amount: balances.find(({ unit }) => unit === currency)?.balance ?? 0, currency },
    entries: items.map(({ debit, studentId: whose, amount, ...entry }) => ({ ...entry, amount: debit === studentAccount(whose) ? amount : -amount })),
    nextCursor,
  };
}
