import { Button } from "#app/components/ui/button.tsx";
import { DataTable } from "#app/components/ui/data-table.tsx";
import { ChoiceField, Field } from "#app/components/ui/field.tsx";
import type { MaterialPage } from "#app/domain/learning/materials/material-page.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { AudienceFields } from "./audience-fields.tsx";
import { FilesField } from "./file-list.tsx";
import { MaterialFields } from "./material-fields.tsx";
import { Far } from "./material-shelf.tsx";

type Props = { material: MaterialPage; refusal: Refusal | undefined };

/** The student's own word on how far they are. */
export function ProgressForm({ material, refusal }: Props) {
  const { m: { learningWork: m } } = useLanguage();
  const percent = material.mine?.percent ?? 0;
  const chosen = Object.keys(m.howFarOptions).findLast((option) => Number(option) <= percent) ?? "25";
  return (
    <form method="post" className="card">
      <ChoiceField name="percent" label={m.howFar} chosen={chosen} refusal={refusal} options={Object.entries(m.howFarOptions).map(([value, label]) => ({ value, label }))} />
      <Field name="minutes" type="number" inputMode="numeric" min={1} max={600} label={m.minutesToday} refusal={refusal} />
      <Button name="act" value="progress">{m.saveProgress}</Button>
    </form>
  );
}

/** For its author: how far everybody is, and what can be changed. */
export function AuthorParts({ material, refusal }: Props) {
  const { m: { learningWork: m } } = useLanguage();
  const { progress, status } = material;
  return (
    <>
      <h2>{m.progress}</h2>
      {!progress || progress.items.length === 0 ? <p>{m.nobodyOpened}</p> : (
        <DataTable caption={m.progressFew} rows={progress.items} rowKey={(row) => row.studentId} columns={[{ heading: m.student, cell: (row) => row.student }, { heading: m.state, cell: (row) => <Far {...row} /> }]} />
      )}
      {progress?.more && <p className="hint">{m.more}</p>}
      <form method="post">{status === "shared" ? <><p className="hint">{m.archiveHint}</p><Button weight="quiet" name="act" value="archive">{m.archive}</Button></> : <Button name="act" value="share">{status === "draft" ? m.share : m.shareAgain}</Button>}</form>
      <details open={refusal !== undefined}>
        <summary>{m.edit}</summary>
        <form method="post" encType="multipart/form-data">
          <MaterialFields material={material} refusal={refusal} />
          <FilesField refusal={refusal} />
          {material.forWhom && <AudienceFields choice={material.forWhom.choice} now={material.forWhom} refusal={refusal} />}
          <Button weight="quiet" name="act" value="save">{m.save}</Button>
        </form>
      </details>
    </>
  );
}
