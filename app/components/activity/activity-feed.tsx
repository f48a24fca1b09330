import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import type { FeedItem } from "#app/domain/learning/activity/read-activity.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** One thing after the other, each leading to the very thing; what the reader told can be taken back. */
export function ActivityFeed({ items }: { items: FeedItem[] }) {
  const { m: { activity: m }, f } = useLanguage();
  if (items.length === 0) return <EmptyState title={m.emptyTitle}><p>{m.emptyText}</p></EmptyState>;
  return (
    <ul className="rows">
      {items.map(({ id, kind, about, minutes, place, subject, onDate, own }) => (
        <li key={id}>
          <p className="lead">{place ? <a href={place}>{about}</a> : <strong>{about}</strong>}</p>
          <p className="hint">{[m.kinds[kind], subject, m.minutes(minutes, f.number(minutes)), f.shortDate(onDate), own && m.toldByYou].filter(Boolean).join(" · ")}</p>
          {own && <form method="post"><input type="hidden" name="activityId" value={id} /><Button weight="link" name="act" value="take-back">{m.takeBack}<span className="for-readers"> {about}</span></Button></form>}
        </li>
      ))}
    </ul>
  );
}
