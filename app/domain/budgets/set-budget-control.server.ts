import { commit } from "#db/client.ts";
import { bumpRules, findControl, upsertControl, upsertControlLimit } from "#db/decisions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { saidOf } from "../changes.ts";
import { periodAt } from "../clock.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import type { Money } from "../money.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorize } from "../policy.ts";
import { getDecisionFacts } from "./decision-facts.server.ts";
import type { Rollover } from "./rules.ts";
import type { ChangeBudgetControlInput, SetBudgetControlInput } from "./inputs.ts";

/** A control as it was set; amounts are minor units. */
export type SetControl = { id: string; childId: string; guardianId: string; currency: string; weeklyLimit: number | null; monthlyLimit: number | null; autoApproveUpTo: number; approvalThreshold: number | null; rollover: Rollover; active: boolean };

/** A guardian's own rule for a child, made or replaced. Throws not_found, forbidden, invalid_input. */
export async function setBudgetControl(ctx: AppContext, actor: Actor, input: SetBudgetControlInput & { active?: boolean }): Promise<SetControl> {
  authorize(actor, "budget:set", input.childId);
  const facts = await getDecisionFacts(ctx, input.childId);
  const { currency, timeZone } = facts.family;
  const amountOf = (field: "weeklyLimit" | "monthlyLimit" | "autoApproveUpTo" | "approvalThreshold") => amountIn(currency, field, input[field]);
  const values = { weeklyLimit: amountOf("weeklyLimit"), monthlyLimit: amountOf("monthlyLimit"), autoApproveUpTo: amountOf("autoApproveUpTo") ?? 0, approvalThreshold: amountOf("approvalThreshold"), rollover: input.rollover, active: input.active ?? true };
  const now = ctx.clock.now();
  const before = facts.controls.find((control) => control.guardianId === actor.userId);
  const id = before?.id ?? ctx.ids.make("bud");
  const others = facts.deciders.map((guardian) => guardian.userId).filter((userId) => userId !== actor.userId);
  const news = notify(ctx, others, { type: "budget.rules_changed", facts: { child: facts.child.name, by: actor.name }, path: `/children/${input.childId}/budget`, cause: ctx.ids.make("rules"), childId: input.childId });
  const limitFrom = (kind: "week" | "month", limit: number | null) => upsertControlLimit(ctx.db, { childId: input.childId, guardianId: actor.userId, kind, startsOn: periodAt(now, kind, timeZone).startsOn, limit });
  const control: SetControl = { id, childId: input.childId, guardianId: actor.userId, currency, ...values };
  await commit(ctx.db, [
    upsertControl(ctx.db, { ...control, createdAt: now, updatedAt: now }),
    limitFrom("week", values.weeklyLimit),
    limitFrom("month", values.monthlyLimit),
    bumpRules(ctx.db, input.childId),
    record(ctx, actor, { action: "budget_control.set", subjectId: id, childId: input.childId, familyId: facts.family.id, details: { old: before && pick(before), new: { ...values, currency } } }),
    ...news.writes,
  ]);
  await ctx.jobs.ring(news.jobIds);
  return control;
}

/** Changes some fields of the caller's own control. Throws not_found; forbidden for another guardian's. */
export async function changeBudgetControl(ctx: AppContext, actor: Actor, controlId: string, change: ChangeBudgetControlInput): Promise<SetControl> {
  const control = await findControl(ctx.db, actor.wards.map((ward) => ward.childId), controlId);
  if (!control) throw notFound();
  authorize(actor, "budget:set", control.childId);
  if (control.guardianId !== actor.userId) throw new DomainError("forbidden", "control_of_another");
  const money = (amount: number | null): Money | null => (amount === null ? null : { amount, currency: control.currency });
  const merged = {
    childId: control.childId, weeklyLimit: money(control.weeklyLimit), monthlyLimit: money(control.monthlyLimit), autoApproveUpTo: money(control.autoApproveUpTo),
    approvalThreshold: money(control.approvalThreshold), rollover: control.rollover, active: control.active, ...saidOf(change),
  };
  if (merged.autoApproveUpTo && merged.approvalThreshold && merged.autoApproveUpTo.amount > merged.approvalThreshold.amount) throw invalid("autoApproveUpTo", "auto_above_threshold");
  return setBudgetControl(ctx, actor, merged);
}

function amountIn(currency: string, field: string, money: Money | null): number | null {
  if (money && money.currency !== currency) throw invalid(field, "currency_differs");
  return money?.amount ?? null;
}

const pick = ({ weeklyLimit, monthlyLimit, autoApproveUpTo, approvalThreshold, rollover }: { weeklyLimit: number | null; monthlyLimit: number | null; autoApproveUpTo: number; approvalThreshold: number | null; rollover: string }) =>
  ({ weeklyLimit, monthlyLimit, autoApproveUpTo, approvalThreshold, rollover });
