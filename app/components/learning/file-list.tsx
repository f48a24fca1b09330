import { Button } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { ACCEPTED } from "#app/domain/files/kinds.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Files to keep, each with its weight: a reader on a metered line decides first. `own`: who gave them takes one back here. */
export function FileList({ files, own = false }: { files: { id: string; name: string; size: number }[]; own?: boolean }) {
  const { m: { learningWork: m }, f } = useLanguage();
  if (files.length === 0) return null;
  return (
    <ul className="rows">
      {files.map((file) => (
        <li className="lead" key={file.id}>
          <a href={`/files/${file.id}`}>{file.name} <span className="hint">{f.size(file.size)}</span></a>
          {own && <form method="post"><input type="hidden" name="fileId" value={file.id} /><Button weight="link" name="act" value="remove-file">{m.removeFile}<span className="for-readers"> {file.name}</span></Button></form>}
        </li>
      ))}
    </ul>
  );
}

export function FilesField({ refusal }: { refusal: Refusal | undefined }) {
  const { m: { learningWork: m } } = useLanguage();
  return <Field name="files" type="file" multiple label={m.addFiles} hint={m.filesHint} refusal={refusal} accept={ACCEPTED} />;
}
