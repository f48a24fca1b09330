import type { Books } from "./books.ts";

type Kind = "week" | "month";
type Rule = { week: number | null; month: number | null; rollover: string; from: Record<Kind, Map<string, number | null>> };

/** Nairobi is three hours ahead, all year. */
const localDay = (instant: number) => new Date(Math.floor((instant + 3 * 3_600_000) / 86_400_000) * 86_400_000);
const iso = (day: Date) => day.toISOString().slice(0, 10);
const startOf = (kind: Kind, instant: number) => {
  const day = localDay(instant);
  if (kind === "month") day.setUTCDate(1);
  else day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return iso(day);
};
const periodBefore = (kind: Kind, startsOn: string) => {
  const day = new Date(`${startsOn}T00:00:00Z`);
  if (kind === "month") day.setUTCMonth(day.getUTCMonth() - 1);
  else day.setUTCDate(day.getUTCDate() - 7);
  return iso(day);
};

/**
 * Lives through the log again in the order of its commits, with the limits and what the periods held by then, and finds holds that
 * went over a limit without a recorded override. Knows the rules by product.md only, not by the product's code.
 */
export function holdsOverLimit({ acts, reservations, payments, decisions, requests }: Books): string[] {
  const faults: string[] = [];
  const rules = new Map<string, Rule>();
  const used = new Map<string, number>();
  const open = new Map<string, Books["reservations"][number]>();
  const queue = new Map<string, Books["reservations"]>();
  for (const reservation of reservations) queue.set(reservation.request_id, [...(queue.get(reservation.request_id) ?? []), reservation]);
  const requestOf = new Map(payments.map((payment) => [payment.id, payment.request_id]));
  const usedIn = (kind: Kind, startsOn: string) => used.get(`${kind} ${startsOn}`) ?? 0;
  const use = (reservation: { week_starts_on: string; month_starts_on: string }, amount: number) => {
    for (const period of [`week ${reservation.week_starts_on}`, `month ${reservation.month_starts_on}`]) used.set(period, (used.get(period) ?? 0) + amount);
  };

  /** The limit that a rule set for a period; null: none. Undefined: it was not there yet. */
  const limitOf = (rule: Rule, kind: Kind, startsOn: string): number | null | undefined => [...rule.from[kind]].filter(([from]) => from <= startsOn).sort(([a], [b]) => (a < b ? -1 : 1)).at(-1)?.[1];
  const carried = (rule: Rule, kind: Kind, into: string): number => {
    const last = periodBefore(kind, into);
    const limit = limitOf(rule, kind, last);
    if (rule.rollover === "none" || limit === undefined || limit === null) return 0;
    const left = limit + carried(rule, kind, last) - usedIn(kind, last);
    return left >= 0 ? Math.min(left, limit) : rule.rollover === "unspent_and_overspent" ? left : 0;
  };
  const strictest = (kind: Kind, startsOn: string): number => Math.min(Infinity, ...[...rules.values()].map((rule) => (rule[kind] === null ? Infinity : Math.max(0, rule[kind] + carried(rule, kind, startsOn)))));

  const hold = (requestId: string, at: number, override: boolean) => {
    const reservation = queue.get(requestId)?.shift();
    if (!reservation) return faults.push(`${requestId} was approved and nothing held`);
    for (const kind of ["week", "month"] as const) {
      const startsOn = startOf(kind, at);
      const [before, limit] = [usedIn(kind, startsOn), strictest(kind, startsOn)];
      if (reservation[`${kind}_starts_on`] !== startsOn) faults.push(`${reservation.id} of ${startsOn} is in the ${kind} of ${reservation[`${kind}_starts_on`]}`);
      if (reservation[`${kind}_used_before`] !== before) faults.push(`${reservation.id} saw ${reservation[`${kind}_used_before`]} used in its ${kind}; it was ${before}`);
      if (before + reservation.amount > limit && !override) faults.push(`${reservation.id} holds ${reservation.amount} on ${before} of ${limit} in its ${kind}, and nobody allowed it`);
    }
    if (reservation.over_limit && !override) faults.push(`${reservation.id} goes over a limit, and no override is recorded`);
    open.set(requestId, reservation);
    use(reservation, reservation.amount);
  };

  for (const act of acts) {
    const details = JSON.parse(act.details) as { by?: string; requestId?: string; overLimit?: unknown; amount?: number; new?: { weeklyLimit: number | null; monthlyLimit: number | null; rollover: string } };
    if (act.action === "budget_control.set" && details.new) {
      const { weeklyLimit: week, monthlyLimit: month, rollover } = details.new;
      const from = rules.get(act.actor_id!)?.from ?? { week: new Map(), month: new Map() };
      from.week.set(startOf("week", act.at), week);
      from.month.set(startOf("month", act.at), month);
      rules.set(act.actor_id!, { week, month, rollover, from });
    }
    if (act.action === "purchase.approved") hold(act.subject_id, act.at, decisions.some((decision) => decision.request_id === act.subject_id && decision.guardian_id !== null && decision.over_limit === 1));
    if (act.action === "payment.tried_again") hold(details.requestId!, act.at, details.overLimit !== undefined);
    if (act.action === "payment.failed") {
      const released = open.get(requestOf.get(act.subject_id)!);
      if (released) use(released, -released.amount);
      open.delete(requestOf.get(act.subject_id)!);
    }
    if (act.action === "refund.succeeded") use({ week_starts_on: startOf("week", act.at), month_starts_on: startOf("month", act.at) }, -details.amount!);
  }
  if (requests.length && [...queue.values()].some((left) => left.length > 0)) faults.push("something is held that no log entry explains");
  return faults;
}
