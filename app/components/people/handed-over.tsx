import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

export type Handed = { userId: string | null; signInName: string | null; secret: string | null };

/** What an account's owner has to be given, this once; or that a mail does it. */
export function HandedOver({ handed, again }: { handed: Handed; again?: string }) {
  const { m: { people: m } } = useLanguage();
  const { userId, signInName, secret } = handed;
  const title = secret !== null ? m.createdOnce : userId === null ? m.invited : signInName === null ? m.shownBefore : m.linkSent;
  return (
    <Notice tone="done" title={title}>
      {secret !== null && <SummaryList rows={[{ term: m.signInName, value: <strong>{signInName}</strong> }, { term: m.secret, value: <strong>{secret}</strong> }]} />}
      {secret !== null && <p>{m.createdOnceText}</p>}
      {again && <p>{userId && <ButtonLink href={`/admin/people/${userId}`}>{m.toPerson}</ButtonLink>} <ButtonLink href={again}>{m.another}</ButtonLink></p>}
    </Notice>
  );
}
