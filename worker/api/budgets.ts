import * as z from "zod";
import { getBudgetPage } from "#app/domain/budgets/budget-page.server.ts";
import { ChangeBudgetControlInput, PreviewInput, SetBudgetControlInput } from "#app/domain/budgets/inputs.ts";
import { previewPurchase } from "#app/domain/budgets/preview-purchase.ts";
import { effectAsMoney, type Standing, type Strictest } from "#app/domain/budgets/rules.ts";
import { changeBudgetControl, setBudgetControl, type SetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { invalid } from "#app/domain/errors.ts";
import { MoneyInput } from "#app/domain/money.ts";
import { DecisionPolicyInput } from "#app/domain/purchases/inputs.ts";
import { setDecisionPolicy } from "#app/domain/purchases/set-decision-policy.server.ts";
import { endpoint } from "./endpoint.ts";
import { BudgetEffectView, moneyView } from "./views.ts";

const ChildPath = z.object({ childId: z.string() });
const money = MoneyInput.nullable();

const ControlView = z.object({
  id: z.string(), childId: z.string(), guardianId: z.string(), weeklyLimit: money, monthlyLimit: money, autoApproveUpTo: money, approvalThreshold: money,
  rollover: z.enum(["none", "unspent", "unspent_and_overspent"]), active: z.boolean(),
}).meta({ id: "BudgetControl" });

const StrictestView = z.object({ amount: z.int(), currency: z.string(), setBy: z.string(), setByName: z.string() }).nullable();
const PeriodView = z.object({ kind: z.enum(["week", "month"]), startsOn: z.iso.date(), endsOn: z.iso.date(), limit: money, reserved: money, spent: z.object({ amount: z.int(), currency: z.string() }), left: money });
const BudgetView = z.object({
  effective: z.object({ weeklyLimit: StrictestView, monthlyLimit: StrictestView, autoApproveUpTo: StrictestView, approvalThreshold: StrictestView }),
  decisionPolicy: z.enum(["any", "primary", "all"]),
  periods: z.array(PeriodView),
  controls: z.array(ControlView),
}).meta({ id: "Budget" });

const controlView = ({ currency, ...control }: SetControl) => ({
  id: control.id, childId: control.childId, guardianId: control.guardianId, weeklyLimit: moneyView(control.weeklyLimit, currency), monthlyLimit: moneyView(control.monthlyLimit, currency),
  autoApproveUpTo: moneyView(control.autoApproveUpTo, currency), approvalThreshold: moneyView(control.approvalThreshold, currency), rollover: control.rollover, active: control.active,
});
const strictestView = (strictest: Strictest, currency: string) => strictest && { amount: strictest.value, currency, setBy: strictest.setBy, setByName: strictest.setByName };
const periodView = (period: Standing, currency: string) => ({
  kind: period.kind, startsOn: period.startsOn, endsOn: period.endsOn, limit: moneyView(period.limit, currency), reserved: { amount: period.reserved, currency }, spent: { amount: period.spent, currency }, left: moneyView(period.left, currency),
});

export const budgets = [
  endpoint({
    method: "post", path: "/budget-controls", tag: "Budgets", summary: "Set the caller's own budget rule for a child; a rule that is there is replaced", actor: "required", policy: "budget:set",
    body: SetBudgetControlInput, answers: { 201: ControlView },
    handle: async ({ ctx, actor, body }) => ({ status: 201, body: controlView(await setBudgetControl(ctx, actor, body)) }),
  }),
  endpoint({
    method: "patch", path: "/budget-controls/{controlId}", tag: "Budgets", summary: "Change the caller's own budget rule", actor: "required", policy: "budget:set",
    params: z.object({ controlId: z.string() }), body: ChangeBudgetControlInput, answers: { 200: ControlView },
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: controlView(await changeBudgetControl(ctx, actor, params.controlId, body)) }),
  }),
  endpoint({
    method: "get", path: "/children/{childId}/budget", tag: "Budgets", summary: "The rules that apply to a child and what this week and month hold", actor: "required", policy: "budget:view",
    params: ChildPath, answers: { 200: BudgetView },
    handle: async ({ ctx, actor, params }) => {
      const { rules, standings, controls, policy, family: { currency } } = await getBudgetPage(ctx, actor, params.childId);
      return {
        status: 200,
        body: {
          effective: { weeklyLimit: strictestView(rules.weeklyLimit, currency), monthlyLimit: strictestView(rules.monthlyLimit, currency), autoApproveUpTo: strictestView(rules.autoApproveUpTo, currency), approvalThreshold: strictestView(rules.approvalThreshold, currency) },
          decisionPolicy: policy,
          periods: standings.map((period) => periodView(period, currency)),
          controls: controls.map((control) => controlView({ ...control, childId: params.childId, currency, active: true })),
        },
      };
    },
  }),
  endpoint({
    method: "post", path: "/children/{childId}/budget/preview", tag: "Budgets", summary: "What asking for an amount would do", actor: "required", policy: "budget:view",
    params: ChildPath, body: PreviewInput,
    answers: { 200: z.object({ band: z.enum(["automatic", "single", "policy"]), fits: z.boolean(), budgetEffect: z.array(BudgetEffectView), deciders: z.array(z.object({ id: z.string(), name: z.string() })), takes: z.enum(["nobody", "one", "all"]) }).meta({ id: "BudgetPreview" }) },
    handle: async ({ ctx, actor, params, body }) => {
      const page = await getBudgetPage(ctx, actor, params.childId);
      if (body.amount.currency !== page.family.currency) throw invalid("amount", "currency_differs");
      const { band, fits, effect, deciders, takes } = previewPurchase(body.amount.amount, page);
      return { status: 200, body: { band, fits, budgetEffect: effect.map((one) => effectAsMoney(one, page.family.currency)), deciders: deciders.map(({ userId, name }) => ({ id: userId, name })), takes } };
    },
  }),
  endpoint({
    method: "put", path: "/children/{childId}/decision-policy", tag: "Budgets", summary: "Set who decides on a child's large purchases", actor: "required", policy: "budget:set",
    params: ChildPath, body: DecisionPolicyInput, answers: { 200: DecisionPolicyInput },
    handle: async ({ ctx, actor, params, body }) => {
      await setDecisionPolicy(ctx, actor, params.childId, body.policy);
      return { status: 200, body };
    },
  }),
];
