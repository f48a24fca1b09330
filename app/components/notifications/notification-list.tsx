import { Button } from "#app/components/ui/button.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type ListedNotification = { id: string; title: string; severity: "info" | "attention" | "urgent"; child: string | null; createdAt: number; readAt: number | null };

const TONES = { info: "info", attention: "waiting", urgent: "refused" } as const;

/** Each leads to that very item by a POST, because opening it marks it as read. */
export function NotificationList({ items }: { items: ListedNotification[] }) {
  const { m, f } = useLanguage();
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.id}>
          <form method="post">
            <Button weight="link" name="open" value={item.id}>{item.readAt === null ? <strong>{item.title}</strong> : item.title}</Button>
          </form>
          <p className="hint">
            {item.readAt === null && <Tag tone={TONES[item.severity]}>{m.notifications.isUnread}</Tag>}{" "}
            <time dateTime={new Date(item.createdAt).toISOString()}>{f.dateTime(item.createdAt)}</time>{item.child && `, ${item.child}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
