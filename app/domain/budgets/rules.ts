import { nextPeriod, periodOn, type PeriodKind } from "../clock.ts";

export type Rollover = "none" | "unspent" | "unspent_and_overspent";

/** One guardian's active rule for one child. Amounts are minor units of the family's currency; null is no limit, 0 is a limit. */
export type Control = {
  id: string;
  guardianId: string;
  guardianName: string;
  weeklyLimit: number | null;
  monthlyLimit: number | null;
  autoApproveUpTo: number;
  approvalThreshold: number | null;
  rollover: Rollover;
  /** What the limits were, from which period on (local date of its start), oldest first. */
  limitsFrom: { kind: PeriodKind; startsOn: string; limit: number | null }[];
};

/** A value that applies, and whose rule it comes from. */
export type Strictest = { value: number; setBy: string; setByName: string } | null;
export type EffectiveRules = { weeklyLimit: Strictest; monthlyLimit: Strictest; autoApproveUpTo: Strictest; approvalThreshold: Strictest };

/** The strictest active value of each field wins, and says whose it is. With no control at all, every request asks a guardian. */
export function effectiveRules(controls: Control[]): EffectiveRules {
  return {
    weeklyLimit: lowest(controls, (control) => control.weeklyLimit),
    monthlyLimit: lowest(controls, (control) => control.monthlyLimit),
    autoApproveUpTo: lowest(controls, (control) => control.autoApproveUpTo),
    approvalThreshold: lowest(controls, (control) => control.approvalThreshold),
  };
}

function lowest(controls: Control[], field: (control: Control) => number | null): Strictest {
  let strictest: Strictest = null;
  for (const control of controls) {
    const value = field(control);
    if (value !== null && (strictest === null || value < strictest.value)) strictest = { value, setBy: control.guardianId, setByName: control.guardianName };
  }
  return strictest;
}

/** What a period holds of a child's money. */
export type Usage = { reserved: number; spent: number };
export const used = (usage: Usage) => usage.reserved + usage.spent;

/** The budget of one period as decided upon: its limit with what was carried into it. */
export type Standing = Usage & {
  kind: PeriodKind;
  startsOn: string;
  endsOn: string;
  limit: number | null;
  /** Whose limit it is. */
  setByName: string | null;
  /** Never below 0. */
  left: number | null;
  /** By how much the limit is passed. */
  over: number;
};

/** How far back rollover looks: five years of months, more than a year of weeks. */
const ROLLOVER_PERIODS = 60;

/**
 * What a control carries into the period that starts on `startsOn`: what was left of the one before, at most one period's limit, or
 * (with debt) what was overspent, as a negative amount. It chains through missed periods, which count as unspent.
 */
export function carryInto(control: Control, kind: PeriodKind, startsOn: string, usedIn: (startsOn: string) => number): number {
  const history = control.limitsFrom.filter((from) => from.kind === kind && from.startsOn < startsOn);
  if (control.rollover === "none" || history.length === 0) return 0;
  let carry = 0;
  for (const period of periodsBefore(kind, history[0]!.startsOn, startsOn)) {
    const limit = history.findLast((from) => from.startsOn <= period)?.limit ?? null;
    if (limit === null) {
      carry = 0;
      continue;
    }
    const left = limit + carry - usedIn(period);
    carry = left >= 0 ? Math.min(left, limit) : control.rollover === "unspent_and_overspent" ? left : 0;
  }
  return carry;
}

function periodsBefore(kind: PeriodKind, from: string, until: string): string[] {
  const starts: string[] = [];
  for (let period = periodOn(from, kind); period.startsOn < until; period = nextPeriod(period)) starts.push(period.startsOn);
  return starts.slice(-ROLLOVER_PERIODS);
}

/** The strictest limit of a period, with what each control carried into it; a debt lowers it to no less than 0. */
export function limitIn(controls: Control[], kind: PeriodKind, startsOn: string, usedIn: (startsOn: string) => number): Strictest {
  return lowest(controls, (control) => {
    const limit = kind === "week" ? control.weeklyLimit : control.monthlyLimit;
    return limit === null ? null : Math.max(0, limit + carryInto(control, kind, startsOn, usedIn));
  });
}

export function standing(period: { kind: PeriodKind; startsOn: string; endsOn: string }, limit: Strictest, usage: Usage): Standing {
  const left = limit === null ? null : limit.value - used(usage);
  return { ...period, ...usage, limit: limit?.value ?? null, setByName: limit?.setByName ?? null, left: left === null ? null : Math.max(0, left), over: left === null ? 0 : Math.max(0, -left) };
}

export const fits = (amount: number, standings: Standing[]) => standings.every((period) => period.left === null || (period.over === 0 && amount <= period.left));

/** What would be left of each limited period if the amount were approved. */
export type BudgetEffect = { kind: PeriodKind; startsOn: string; limit: number; leftBefore: number; leftAfter: number; overBy: number; setByName: string };

export function budgetEffect(amount: number, standings: Standing[]): BudgetEffect[] {
  return standings.flatMap((period) => {
    if (period.limit === null || period.left === null) return [];
    const after = period.limit - used(period) - amount;
    return [{ kind: period.kind, startsOn: period.startsOn, limit: period.limit, leftBefore: period.left, leftAfter: Math.max(0, after), overBy: Math.max(0, -after), setByName: period.setByName! }];
  });
}

/** The same with its amounts as money, as it is told outside. */
export const effectAsMoney = ({ kind, startsOn, ...amounts }: BudgetEffect, currency: string) => {
  const money = (amount: number) => ({ amount, currency });
  return { kind, startsOn, limit: money(amounts.limit), leftBefore: money(amounts.leftBefore), leftAfter: money(amounts.leftAfter), overBy: money(amounts.overBy) };
};

const ALERT_THRESHOLDS = [80, 90, 100] as const;

/** Thresholds (percent of the limit) that are reached and not yet announced; the highest of them is the one to say. */
export function alertsDue(limit: number, usage: Usage, announced: number[]): number[] {
  const highest = Math.max(0, ...announced);
  return ALERT_THRESHOLDS.filter((threshold) => threshold > highest && used(usage) * 100 >= limit * threshold && used(usage) > 0);
}
