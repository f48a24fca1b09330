import { LinkList } from "#app/components/ui/link-list.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type TicketItem = { id: string; subject: string | null; opener: string; school: string; lastAt: number; lastText: string | null; open: boolean; waiting: boolean };

/** `queue`: as those who answer see it, by who asks; else by who is asked. */
export function TicketList({ items, queue }: { items: TicketItem[]; queue: boolean }) {
  const { m: { support: m }, f } = useLanguage();
  return <LinkList rows={items.map(({ id, subject, opener, school, lastAt, lastText, open, waiting }) => ({
    key: id, href: `/support/tickets/${id}`, title: subject ?? m.noSubject, hint: [queue ? opener : school, f.dateTime(lastAt), lastText].filter(Boolean).join(" · "),
    tag: <Tag tone={!open ? "done" : waiting === queue ? "waiting" : "info"}>{!open ? m.closed : waiting ? m.schoolsTurn : m.answered}</Tag>,
  }))} />;
}
