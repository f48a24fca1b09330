import { Notice } from "#app/components/ui/notice.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import type { Verified } from "#app/domain/learning/achievements/verify-achievement.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const TONE = { valid: "done", revoked: "refused", expired: "waiting", forged: "refused" } as const;

/** The verdict, and what was signed. */
export function VerifiedCredential({ verdict, claims }: Pick<Verified, "verdict" | "claims">) {
  const { m: { achievements: m }, f } = useLanguage();
  const { title, text } = m.verdicts[verdict];
  const achievement = claims?.credentialSubject.achievement;
  return (
    <>
      <Notice tone={TONE[verdict]} title={title}><p>{text(claims?.issuer.name ?? "")}</p></Notice>
      {claims && achievement && (
        <SummaryList rows={[
          { term: m.kind, value: achievement.achievementType === "Badge" ? m.kinds.badge : m.kinds.certificate },
          { term: m.name, value: claims.name },
          ...(achievement.description === achievement.criteria.narrative ? [] : [{ term: m.description, value: achievement.description }]),
          { term: m.criteria, value: achievement.criteria.narrative },
          { term: m.issuer, value: claims.issuer.name },
          { term: m.date, value: f.date(Date.parse(claims.validFrom)) },
          ...(claims.validUntil === undefined ? [] : [{ term: m.ends, value: f.date(Date.parse(claims.validUntil) - 1) }]),
        ]} />
      )}
    </>
  );
}
