import type { Refusal } from "#app/http/forms.ts";
import { useProblems } from "#app/i18n/use-messages.ts";

/** What is wrong with a form, on top of it, each line leading to its field. */
export function RefusalSummary({ refusal }: { refusal: Refusal | undefined }) {
  const say = useProblems();
  if (!refusal) return null;
  return (
    <div className="refusal" role="alert" {...(refusal.fields.length ? {} : { tabIndex: -1, autoFocus: true })}>
      <p className="notice-title">{say(refusal.reason)}</p>
      {refusal.fields.length > 0 && (
        <ul>
          {refusal.fields.map((field) => <li key={field.path}><a href={`#${field.path}`}>{say(field.message)}</a></li>)}
        </ul>
      )}
    </div>
  );
}
