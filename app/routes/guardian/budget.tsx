import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { BudgetEffectSentences } from "#app/components/budgets/effect.tsx";
import { PeriodHistory } from "#app/components/budgets/period-history.tsx";
import { PolicyForm, RULE_AMOUNTS, RuleForm } from "#app/components/budgets/rule-form.tsx";
import { RulesList } from "#app/components/budgets/rules-list.tsx";
import { BudgetStanding } from "#app/components/budgets/standing.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { MoneyField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { getBudgetPage } from "#app/domain/budgets/budget-page.server.ts";
import { SetBudgetControlInput } from "#app/domain/budgets/inputs.ts";
import { previewPurchase } from "#app/domain/budgets/preview-purchase.ts";
import { setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { parseAmount } from "#app/domain/money.ts";
import { DecisionPolicyInput } from "#app/domain/purchases/inputs.ts";
import { setDecisionPolicy } from "#app/domain/purchases/set-decision-policy.server.ts";
import { read, submit, type Refusal } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { typedMoney } from "#app/http/typed-money.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => getBudgetPage(context, actor, params.childId!));
  const { budgets } = messagesFor(actor.locale);
  const own = actor.userId === page.child.id;
  const query = new URL(request.url).searchParams;
  const typed = query.get("amount");
  const { currency } = page.family;
  const amount = typed === null ? null : parseAmount(typed, currency);
  const problem = amount === null ? null : typeof amount === "string" ? amount : amount === 0 ? "amount_zero" : null;
  return {
    title: own ? budgets.titleOwn : budgets.title(page.child.name),
    child: page.child, own, currency, standings: page.standings, rules: page.rules, policy: page.policy, periods: page.periods,
    mine: page.controls.find((control) => control.guardianId === actor.userId), anyRule: page.controls.length > 0,
    maySet: page.maySet, maySetPolicy: page.maySetPolicy, saved: query.has("saved"), changing: query.has("change"),
    tried: typeof amount === "number" && !problem ? previewPurchase(amount, page) : null,
    tryRefusal: problem ? ({ reason: "invalid_input", fields: [{ path: "amount", message: problem }], values: { amount: typed ?? "" }, extra: {} } satisfies Refusal) : undefined,
    tryAmount: typed ?? "",
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const childId = params.childId!;
  const done = () => redirect(`/children/${childId}/budget?saved`, 303);
  const form = await request.clone().formData();
  if (form.get("act") === "policy") {
    return submit(request, DecisionPolicyInput, async ({ policy }) => {
      await setDecisionPolicy(context, actor, childId, policy);
      return done();
    });
  }
  return submit(request, SetBudgetControlInput, async (input) => {
    await setBudgetControl(context, actor, input);
    return done();
  }, (typed) => ({ childId, rollover: typed.rollover, ...typedMoney(typed, RULE_AMOUNTS, typed.currency ?? "") }));
}

export default function Budget() {
  const { title, child, own, currency, standings, rules, policy, periods, mine, anyRule, maySet, maySetPolicy, saved, changing, tried, tryRefusal, tryAmount } = useLoaderData<typeof loader>();
  const { m } = useLanguage();
  const refusal = useRefusal();
  const week = standings.find((period) => period.kind === "week");
  const at = `/children/${child.id}/budget`;
  const asked = changing || refusal !== undefined;
  const ofForm = (act: string) => (refusal?.values.act === act ? refusal : undefined);
  return (
    <>
      <PageHeader title={title} back={asked ? { href: at, label: title } : { href: `/children/${child.id}`, label: own ? m.shell.places.me : m.budgets.backToChild(child.name) }} />
      {saved && <Notice tone="done">{m.budgets.saved}</Notice>}
      {maySet && asked && (
        <section>
          <h2>{m.budgets.myRule}</h2>
          <p>{m.budgets.myRuleHint}</p>
          <RuleForm mine={mine} currency={currency} refusal={ofForm("rule")} />
        </section>
      )}
      {maySetPolicy && asked && <section><h2>{m.budgets.policyTerm}</h2><PolicyForm policy={policy} refusal={ofForm("policy")} /></section>}
      <section>{standings.map((period) => <BudgetStanding key={period.kind} of={period} currency={currency} />)}</section>
      <section>
        <h2>{m.budgets.rules}</h2>
        <p>{anyRule ? m.budgets.strictest : m.budgets.noRules}</p>
        <RulesList rules={rules} policy={policy} currency={currency} />
        {maySet && !asked && <p><ButtonLink href={`${at}?change`}>{m.budgets.change}</ButtonLink></p>}
      </section>
      {!asked && <section>
        <h2>{m.budgets.tryAmount}</h2>
        {tried && <Notice title={m.budgets.band[tried.band]}><BudgetEffectSentences effects={tried.effect} currency={currency} /></Notice>}
        <form method="get">
          <MoneyField name="amount" label={m.budgets.amount} currency={currency} refusal={tryRefusal} defaultValue={tryAmount} />
          <Button weight="quiet">{m.budgets.tryIt}</Button>
        </form>
      </section>}
      {week && !asked && <PeriodHistory periods={periods} week={week} currency={currency} />}
    </>
  );
}
