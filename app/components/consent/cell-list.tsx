import type { ConsentCell, ConsentMatrix } from "#app/domain/consent/consent-page.server.ts";
import type { DataType, Recipient } from "#app/domain/consent/rules.ts";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Shown = { page: ConsentMatrix; child: string; cells: ConsentCell[]; to: Recipient | undefined; of: DataType | undefined };

/** One side of the matrix, cell by cell: what it is, whether it is open, and the one thing that can be done about it. */
export function CellList({ page, child, cells, to, of }: Shown) {
  const { m: { consent: m } } = useLanguage();
  const at = `/settings/consent?child=${page.childId}&${to ? `to=${to}` : `of=${of}`}`;
  return (
    <>
      <ul className="rows">{cells.map((cell) => <CellRow key={`${cell.dataType} ${cell.recipient}`} cell={cell} name={to ? m.dataTypes[cell.dataType] : m.recipients[cell.recipient]} hint={to ? m.dataTypeHints[cell.dataType] : m.recipientHints[cell.recipient]} page={page} at={at} />)}</ul>
      {page.maySet && (
        <>
          <p className="hint">{to ? m.closeEffect(to, child) : m.closeAllEffect}</p>
          <CloseForm page={page} to={to} of={of} label={m.closeAll} />
          <ButtonLink href={`${at}&open=all`}>{m.openAll}</ButtonLink>
        </>
      )}
    </>
  );
}

function CellRow({ cell, name, hint, page, at }: { cell: ConsentCell; name: string; hint: string; page: ConsentMatrix; at: string }) {
  const { m: { consent: m }, f } = useLanguage();
  const facts = [cell.until !== null && m.until(f.until(cell.until)), cell.setAt !== null && cell.setBy && m.setBy(cell.setBy, f.date(cell.setAt)), cell.reason && m.reasonWas(cell.reason)].filter(Boolean).join(" ");
  return (
    <li>
      <div className="lead"><strong>{name}</strong>{cell.proposed ? <Tag tone="waiting">{m.waitsForBoth}</Tag> : <Tag tone={cell.open ? "done" : "info"}>{cell.open ? m.open : m.closed}</Tag>}</div>
      <p className="hint">{hint} {facts}</p>
      {page.maySet && (cell.open
        ? <CloseForm page={page} to={cell.recipient} of={cell.dataType} label={m.toClose} about={name} />
        : !cell.proposed && <ButtonLink href={`${at}&open=${cell.dataType}.${cell.recipient}`}>{m.toOpen}<span className="for-readers">{`: ${name}`}</span></ButtonLink>)}
    </li>
  );
}

function CloseForm({ page, to, of, label, about }: { page: ConsentMatrix; to: string | undefined; of: string | undefined; label: string; about?: string }) {
  return (
    <form method="post">
      <input type="hidden" name="childId" value={page.childId} />
      {to && <input type="hidden" name="to" value={to} />}
      {of && <input type="hidden" name="of" value={of} />}
      <input type="hidden" name="granted" value="no" />
      <Button weight="quiet" name="act" value="set">{label}{about && <span className="for-readers">{`: ${about}`}</span>}</Button>
    </form>
  );
}
