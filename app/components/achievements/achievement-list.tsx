import { Button } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import { Timeline } from "#app/components/ui/timeline.tsx";
import type { AchievementItem } from "#app/domain/learning/achievements/read-achievements.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const TONE = { valid: "done", revoked: "refused", expired: "waiting" } as const;

/** What was given, newest first. Its link is the family's to open and close. */
export function AchievementList({ items, mayLink }: { items: AchievementItem[]; mayLink: boolean }) {
  const { m: { achievements: m } } = useLanguage();
  if (items.length === 0) return <EmptyState title={m.none}><p>{m.noneText}</p></EmptyState>;
  return <Timeline items={items.map((item) => ({ at: item.issuedAt, text: <Achievement item={item} mayLink={mayLink} /> }))} />;
}

function Achievement({ item, mayLink }: { item: AchievementItem; mayLink: boolean }) {
  const { m: { achievements: m }, f } = useLanguage();
  const { id, kind, title, description, criteria, standing, school, giver, expiresAt, revokedBecause, linkCode, mayRevoke } = item;
  const about = <span className="for-readers"> {title}</span>;
  return (
    <>
      <p><strong>{title}</strong> <Tag tone={TONE[standing]}>{m.standings[standing]}</Tag></p>
      <p className="hint">{[m.kinds[kind], m.given(school, giver), expiresAt === null ? "" : m.until(f.date(expiresAt - 1))].filter(Boolean).join(" · ")}</p>
      {description && <p>{description}</p>}
      <p>{m.forWhat}: {criteria}</p>
      {revokedBecause !== null && <p>{m.because(revokedBecause)}</p>}
      {linkCode && <p><a href={`/verify/${linkCode}`}>{m.public}{about}</a></p>}
      {mayLink && !linkCode && <p className="hint">{m.linkClosed}</p>}
      {mayLink && (
        <form method="post">
          <input type="hidden" name="achievementId" value={id} />
          <Button weight="link" name="act" value={linkCode ? "close-link" : "open-link"}>{linkCode ? m.closeLink : m.openLink}{about}</Button>
        </form>
      )}
      {mayRevoke && <p><a href={`?revoke=${id}`}>{m.revoke}{about}</a></p>}
    </>
  );
}
