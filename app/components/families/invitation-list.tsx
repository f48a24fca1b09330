import { Button } from "#app/components/ui/button.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { InvitationStatus } from "#app/domain/families/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Sent = { id: string; name: string; email: string | null; status: InvitationStatus; expiresAt: number };
const TONES = { pending: "waiting", accepted: "done", declined: "refused", cancelled: "info", expired: "info" } as const;

/** What one sent and made, with the ways to take it back or mail it again. */
export function InvitationList({ invitations }: { invitations: Sent[] }) {
  const { m: { families: m, kin }, f } = useLanguage();
  return (
    <ul className="rows">
      {invitations.map(({ id, name, email, status, expiresAt }) => (
        <li key={id}>
          <p>{email === null ? kin.codeOf : `${name}, ${email}`} <Tag tone={TONES[status]}>{m.invitationStatus[status]}</Tag></p>
          {(status === "pending" || (status === "expired" && email !== null)) && (
            <form method="post">
              <input type="hidden" name="invitationId" value={id} />
              {status === "pending" && <span className="hint">{m.until(f.until(expiresAt))}</span>}{" "}
              {email !== null && <Button weight="quiet" name="act" value="resend">{kin.resend}</Button>}{" "}
              {status === "pending" && <Button weight="quiet" name="act" value="cancel">{m.takeBack}</Button>}
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
