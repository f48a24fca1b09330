import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { MergePreview as Preview } from "#app/domain/people/merge-people.server.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";

/** The two side by side, what would move, and what would become of the one that goes. */
export function MergePreview({ preview, schoolId }: { preview: Preview; schoolId: string }) {
  const { m: { records: m, families }, f } = useLanguage();
  const say = useProblems();
  const { kept, gone, obstacle, moving, colliding } = preview;
  const someone = (person: Preview["kept"]) => (
    <SummaryList rows={[{ term: m.signIn, value: person.signIn ?? "" }, ...(person.level ? [{ term: m.level, value: families.level(person.level) }] : []), { term: m.since, value: f.date(person.createdAt) }]} />
  );
  return (
    <>
      <Cards>
        <Card title={`${m.stays}: ${kept.name}`}>{someone(kept)}</Card>
        <Card title={`${m.goes}: ${gone.name}`}>{someone(gone)}</Card>
      </Cards>
      {obstacle && <Notice tone="refused" title={m.cannot}><p>{say(obstacle)}</p></Notice>}
      {!obstacle && (
        <>
          <h2>{m.moving}</h2>
          {moving.length === 0 ? <p>{m.movingNone}</p> : <ul>{moving.map(({ table, count }) => <li key={table}>{m.rows(table, count)}</li>)}</ul>}
          {colliding.length > 0 && <><h2>{m.colliding}</h2><ul>{colliding.map(({ table, count }) => <li key={table}>{m.rows(table, count)}</li>)}</ul></>}
          <Notice tone="waiting">
            <p>{m.mergeSignIn(gone.name)}</p>
            <p>{m.mergeMoney}</p>
            <p>{m.mergeUndo}</p>
          </Notice>
          <form method="post">
            <input type="hidden" name="schoolId" value={schoolId} />
            <input type="hidden" name="goneId" value={gone.id} />
            <Button weight="danger" name="act" value="merge">{m.mergeNow}</Button>
          </form>
        </>
      )}
      <ButtonLink href={`/admin/people/${gone.id}/merge?with=${kept.id}`}>{m.otherWay}</ButtonLink>
    </>
  );
}
