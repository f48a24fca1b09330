import { useLanguage } from "#app/i18n/use-messages.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeader } from "../ui/page-header.tsx";

/** Ten codes to write down or print. They are not shown again. */
export function BackupCodes({ codes }: { codes: string[] }) {
  const { m: { identity: m } } = useLanguage();
  return (
    <>
      <PageHeader title={m.yourBackupCodes} about={m.backupCodesAbout} />
      <Notice tone="waiting" title={m.shownOnce} />
      <ul className="codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <p><ButtonLink href="/settings/security/2fa">{m.keptThem}</ButtonLink></p>
    </>
  );
}
