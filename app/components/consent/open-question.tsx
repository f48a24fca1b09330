import type { ConsentCell, ConsentMatrix } from "#app/domain/consent/consent-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Asked = { page: ConsentMatrix; child: string; cells: ConsentCell[]; /** All that the page shows, not just one. */ all: boolean; back: { to: string | undefined; of: string | undefined }; refusal: Refusal | undefined };

/** What opening would do, before it does; until when, and why. */
export function OpenQuestion({ page, child, cells, all, back, refusal }: Asked) {
  const { m: { consent: m } } = useLanguage();
  const [first] = cells;
  if (!first) return null;
  const single = !all;
  const names = cells.map((cell) => (back.to ? m.dataTypes[cell.dataType] : m.recipients[cell.recipient]).toLowerCase()).join(", ");
  const both = page.others.length > 0 && cells.some((cell) => cell.needsBoth);
  return (
    <Notice tone="waiting" title={single ? m.question(m.dataTypes[first.dataType], m.recipients[first.recipient]) : m.openAll}>
      <p>{single ? m.openEffect(m.dataTypes[first.dataType], first.recipient, child) : m.openAllEffect(names, child)}</p>
      {both && <p>{m.bothEffect(page.others.join(", "))}</p>}
      <form method="post">
        <input type="hidden" name="childId" value={page.childId} />
        {(single || back.to) && <input type="hidden" name="to" value={single ? first.recipient : back.to} />}
        {(single || back.of) && <input type="hidden" name="of" value={single ? first.dataType : back.of} />}
        <input type="hidden" name="granted" value="yes" />
        <Field name="until" type="date" label={m.untilLabel} hint={m.untilHint} refusal={refusal} />
        <Field name="reason" label={m.reasonLabel} hint={m.reasonHint} maxLength={300} refusal={refusal} />
        <Button name="act" value="set">{m.confirm}</Button>
      </form>
      <ButtonLink href={`/settings/consent?${new URLSearchParams({ child: page.childId, ...(back.to ? { to: back.to } : {}), ...(back.of ? { of: back.of } : {}) })}`}>{m.keep}</ButtonLink>
    </Notice>
  );
}
