import type { BatchItem } from "drizzle-orm/batch";
import { FACT_STATEMENTS, selectDecisionFacts, type ChildRef, type DecisionRows } from "#db/decisions.ts";
import type { AppContext } from "../../context.ts";
import { periodAt, type PeriodKind } from "../clock.ts";
import { DomainError } from "../errors.ts";
import type { GuardianCard } from "../payments/choose-card.ts";
import type { Decider, Policy } from "../purchases/rules.ts";
import { effectiveRules, limitIn, standing, used, type Control, type EffectiveRules, type Standing, type Usage } from "./rules.ts";

/** All that a decision about one child's money rests on, as it stands now. */
export type DecisionFacts = {
  child: { id: string; name: string };
  family: { id: string; currency: string; timeZone: string; decisionWindowHours: number };
  controls: Control[];
  rules: EffectiveRules;
  policy: Policy;
  /** Of the child's rules; a write that rests on them names it. */
  revision: number;
  /** Active guardians who may approve, the primary first, then by contact priority. */
  deciders: Decider[];
  /** Active guardians who may see the child's money. */
  watchers: string[];
  /** The current week and month. */
  standings: Standing[];
  /** Earlier periods as stored, newest first. */
  periods: { kind: PeriodKind; startsOn: string; usage: Usage }[];
  cards: GuardianCard[];
};

/** Runs the facts' statements and the caller's own as one batch: one round trip. */
export async function loadDecisionFacts<E extends readonly BatchItem<"sqlite">[]>(ctx: AppContext, child: ChildRef, ...extra: E): Promise<{ facts: DecisionFacts | null; rest: { [I in keyof E]: Awaited<E[I]> } }> {
  const rows: unknown[] = await ctx.db.batch([...selectDecisionFacts(ctx.db, child, ctx.clock.now()), ...extra]);
  return { facts: readFacts(rows.slice(0, FACT_STATEMENTS) as unknown as DecisionRows, ctx.clock.now()), rest: rows.slice(FACT_STATEMENTS) as { [I in keyof E]: Awaited<E[I]> } };
}

/** A student whom a school brought, until somebody takes them into a family: to be said to those alone who may see the child's budget. */
export const withoutFamily = () => new DomainError("not_found", "child_without_family");

/** The facts of a child that is known to be there. Throws not_found. */
export async function getDecisionFacts(ctx: AppContext, childId: string): Promise<DecisionFacts> {
  const { facts } = await loadDecisionFacts(ctx, childId);
  if (!facts) throw withoutFamily();
  return facts;
}

function readFacts([[home], controlRows, limitRows, [rule], guardians, periodRows, cards]: DecisionRows, now: number): DecisionFacts | null {
  if (!home) return null;
  const controls: Control[] = controlRows.map(({ control, guardianName }) => ({
    ...control,
    guardianName,
    limitsFrom: limitRows.filter((row) => row.controlId === control.id),
  }));
  const periods = periodRows.map((row) => ({ kind: row.kind, startsOn: row.startsOn, usage: { reserved: row.reserved, spent: row.spent } }));
  return {
    child: { id: home.childId, name: home.childName },
    family: { id: home.familyId, currency: home.currency, timeZone: home.timeZone, decisionWindowHours: home.decisionWindowHours },
    controls,
    rules: effectiveRules(controls),
    policy: rule?.policy ?? "any",
    revision: rule?.revision ?? 0,
    deciders: guardians.filter((guardian) => guardian.canApprove),
    watchers: guardians.filter((guardian) => guardian.canApprove || guardian.canView).map((guardian) => guardian.userId),
    standings: (["week", "month"] as const).map((kind) => standingNow(kind, now, home.timeZone, controls, periods)),
    periods,
    cards,
  };
}

/** The current week or month of a child, from what is stored. */
export function standingNow(kind: PeriodKind, now: number, timeZone: string, controls: Control[], periods: DecisionFacts["periods"]): Standing {
  const period = periodAt(now, kind, timeZone);
  const usageOf = (startsOn: string) => periods.find((row) => row.kind === kind && row.startsOn === startsOn)?.usage ?? { reserved: 0, spent: 0 };
  return standing(period, limitIn(controls, kind, period.startsOn, (startsOn) => used(usageOf(startsOn))), usageOf(period.startsOn));
}
