import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import type { AchievementItem } from "#app/domain/learning/achievements/read-achievements.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What taking it back does, before it does. */
export function RevokeQuestion({ item, back, refusal }: { item: AchievementItem; back: string; refusal: Refusal | undefined }) {
  const { m: { achievements: m } } = useLanguage();
  return (
    <Notice tone="waiting" title={m.revokeTitle(item.title)}>
      <p>{m.revokeConsequence}</p>
      <form method="post">
        <input type="hidden" name="achievementId" value={item.id} />
        <TextField name="reason" label={m.reason} maxLength={500} refusal={refusal} />
        <Button weight="danger" name="act" value="revoke">{m.revoke}</Button>
      </form>
      <ButtonLink href={back}>{m.keep}</ButtonLink>
    </Notice>
  );
}
