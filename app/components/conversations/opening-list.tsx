import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import type { Opening } from "#app/domain/chat/open-conversation.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** With whom one may talk: what is there already is a link, what is not yet is opened by a button. */
export function OpeningList({ openings }: { openings: Opening[] }) {
  const { m: { conversations: m } } = useLanguage();
  return (
    <form method="post">
      <ul className="rows">{openings.map((opening) => {
        const title = m.titles[opening.kind]({ ...opening, about: null, className: null, opener: null });
        return (
          <li key={opening.key}>
            {opening.conversationId ? <ButtonLink weight="link" href={`/messages/${opening.conversationId}`}>{title}</ButtonLink> : <Button weight="link" name="room" value={opening.key}>{title}</Button>}
            <p className="hint">{[opening.school, opening.conversationId ? m.isOpen : null].filter(Boolean).join(", ")}</p>
          </li>
        );
      })}</ul>
    </form>
  );
}
