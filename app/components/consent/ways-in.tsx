import { DATA_TYPES, RECIPIENTS } from "#app/domain/consent/rules.ts";
import type { ConsentMatrix } from "#app/domain/consent/consent-page.server.ts";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** The matrix from its two sides: how much each recipient sees, and how many see each kind of data. */
export function WaysIn({ page: { childId, cells } }: { page: ConsentMatrix; child: string }) {
  const { m: { consent: m } } = useLanguage();
  const row = (name: string, hint: string, href: string, of: typeof cells) => ({ name, hint, href, text: m.openOf(of.filter((cell) => cell.open).length, of.length) });
  const lists = [
    { title: m.byWho, rows: RECIPIENTS.map((one) => row(m.recipients[one], m.recipientHints[one], `to=${one}`, cells.filter((cell) => cell.recipient === one))) },
    { title: m.byWhat, rows: DATA_TYPES.map((one) => row(m.dataTypes[one], m.dataTypeHints[one], `of=${one}`, cells.filter((cell) => cell.dataType === one))) },
  ];
  return (
    <>
      {lists.map(({ title, rows }) => (
        <section key={title}>
          <h2>{title}</h2>
          <LinkList rows={rows.map(({ name, hint, href, text }) => ({ key: href, href: `/settings/consent?child=${childId}&${href}`, title: name, hint: `${text}. ${hint}` }))} />
        </section>
      ))}
      <p className="hint">{m.always}</p>
      <p><a href={`/settings/privacy?child=${childId}`}>{m.sharedLink}</a></p>
      <p><a href={`/settings/consent/audit?child=${childId}`}>{m.history}</a></p>
    </>
  );
}
