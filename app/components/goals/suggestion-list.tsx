import { Button } from "#app/components/ui/button.tsx";
import { keyOf, type Suggestion } from "#app/domain/learning/goals/suggestions.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What rules suggest: each says that it is suggested, by which rule, and on what evidence. */
export function SuggestionList({ suggestions }: { suggestions: Suggestion[] }) {
  const { m: { goals: m } } = useLanguage();
  if (suggestions.length === 0) return null;
  return (
    <>
      <h2>{m.suggestions}</h2>
      <p>{m.suggestionsAbout}</p>
      <ul className="rows">
        {suggestions.map((suggestion) => {
          const { title, evidence, name } = m.rules[suggestion.rule];
          const about = <span className="for-readers"> {title(suggestion.facts)}</span>;
          return (
            <li key={keyOf(suggestion)}>
              <p><strong>{title(suggestion.facts)}</strong></p>
              <p className="hint">{m.byRule(name)} {evidence(suggestion.facts)}</p>
              <form method="post">
                <input type="hidden" name="key" value={keyOf(suggestion)} />
                <Button weight="quiet" name="act" value="accept">{m.accept}{about}</Button> <Button weight="link" name="act" value="dismiss">{m.dismiss}{about}</Button>
              </form>
            </li>
          );
        })}
      </ul>
    </>
  );
}
