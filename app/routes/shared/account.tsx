import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { getAccount } from "#app/domain/payments/account-page.server.ts";
import { FEW_MINUTES } from "#app/domain/payments/rules.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const cursor = new URL(request.url).searchParams.get("before")?.slice(0, 100);
  const account = await read(() => getAccount(context, actor, params.childId!, { cursor, limit: 30 }));
  const own = actor.userId === account.studentId;
  const { payments: m } = messagesFor(actor.locale);
  return {
    title: own ? m.accountOwn : m.account(account.name), own, ...account,
    entries: account.entries.map(({ id, at, kind, amount, unit, planName, lesson, lessonAt }) => ({ id, at, kind, amount, unit, planName, lesson, lessonAt })),
  };
}

export default function Account() {
  const { title, own, studentId, name, minutes, minutesHeld, balance, entries, nextCursor } = useLoaderData<typeof loader>();
  const { m: { payments: m, shell, budgets }, f } = useLanguage();
  const hours = (amount: number) => f.number(amount / 60);
  const words = own ? m.movementOwn : m.movement;
  const signed = (amount: number, text: string) => `${amount > 0 ? "+" : "−"}${text}`;
  return (
    <>
      <PageHeader title={title} back={{ href: `/children/${studentId}`, label: own ? shell.places.me : budgets.backToChild(name) }} />
      {entries.length > 0 && minutes <= FEW_MINUTES && (
        <Notice tone="waiting" title={m.lowTitle}><p>{own ? m.lowTextOwn : m.lowText}</p>{own && <p><a href="/shop">{m.toShop}</a></p>}</Notice>
      )}
      <SummaryList rows={[
        { term: m.hours, value: `${m.hoursLeft(hours(minutes))}${minutesHeld > 0 ? `, ${m.hoursHeld(hours(minutesHeld))}` : ""}` },
        { term: m.money, value: <span className="money">{f.money(balance)}</span> },
      ]} />
      {entries.length === 0 ? <EmptyState title={m.emptyAccountTitle}><p>{m.emptyAccountText}</p></EmptyState> : (
        <section>
          <h2>{m.movements}</h2>
          <ul className="rows">{entries.map((entry) => (
            <li key={entry.id}>
              <p className="lead"><span>{[(words as Record<string, string>)[entry.kind] ?? entry.kind, entry.planName ?? (entry.lesson && `${entry.lesson}, ${f.shortDate(entry.lessonAt ?? entry.at)}`)].filter(Boolean).join(": ")}</span><span className="money">{signed(entry.amount, entry.unit === "minutes" ? m.minutes(hours(Math.abs(entry.amount))) : f.money({ amount: Math.abs(entry.amount), currency: entry.unit }))}</span></p>
              <p className="hint">{f.date(entry.at)}</p>
            </li>
          ))}</ul>
        </section>
      )}
      <Pagination olderHref={nextCursor && `/children/${studentId}/account?before=${nextCursor}`} />
    </>
  );
}
