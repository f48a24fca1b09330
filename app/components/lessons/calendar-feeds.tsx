import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Field, SelectField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeader } from "../ui/page-header.tsx";

type Feed = { id: string; name: string; childId: string | null; child: string | null; lastReadAt: number | null };

export function CalendarFeedList({ feeds }: { feeds: Feed[] }) {
  const { m: { calendars: m }, f } = useLanguage();
  if (feeds.length === 0) return <EmptyState title={m.none} />;
  return (
    <DataTable caption={m.title} rows={feeds} rowKey={(feed) => feed.id} columns={[
      { heading: m.name, cell: (feed) => feed.name },
      { heading: m.whose, cell: (feed) => (feed.childId === null ? m.everybody : feed.child) },
      { heading: m.lastRead, cell: (feed) => (feed.lastReadAt === null ? m.never : f.dateTime(feed.lastReadAt)) },
      { heading: m.revoke, cell: (feed) => <a href={`/settings/calendar?revoke=${feed.id}`} aria-label={m.revokeOf(feed.name)}>{m.revoke}</a> },
    ]} />
  );
}

export function CalendarFeedForm({ ofChildren, refusal }: { ofChildren: { id: string; name: string }[]; refusal: Refusal | undefined }) {
  const { m: { calendars: m } } = useLanguage();
  return (
    <Card title={m.make}>
      <form method="post">
        <Field name="name" label={m.name} hint={m.nameHint} autoComplete="off" defaultValue={refusal?.values.name} refusal={refusal} />
        {ofChildren.length > 0 && <SelectField name="childId" label={m.whose} options={[{ value: "", label: m.everybody }, ...ofChildren.map(({ id, name }) => ({ value: id, label: name }))]} defaultValue={refusal?.values.childId ?? ""} refusal={refusal} />}
        <Button name="act" value="make">{m.make}</Button>
      </form>
    </Card>
  );
}

/** Shown this once. */
export function CalendarAddress({ name, address }: { name: string; address: string }) {
  const { m: { calendars: m } } = useLanguage();
  return (
    <>
      <PageHeader title={m.yours(name)} />
      <Notice tone="waiting" title={m.once}><p>{m.secret}</p></Notice>
      <p className="codes"><code>{address}</code></p>
      <p>{m.how}</p>
      <p><ButtonLink href="/settings/calendar">{m.copied}</ButtonLink></p>
    </>
  );
}
