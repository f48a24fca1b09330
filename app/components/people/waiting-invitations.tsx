import { Button } from "#app/components/ui/button.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Waiting = { id: string; name: string; email: string; roles: string[]; expiresAt: number };

/** Whom the school asked and who has not answered, each with the way to take it back. */
export function WaitingInvitations({ invitations }: { invitations: Waiting[] }) {
  const { m: { people: m }, f } = useLanguage();
  return (
    <ul className="rows">
      {invitations.map(({ id, name, email, roles, expiresAt }) => (
        <li key={id}>
          <p>{name}, {email} <span className="hint">{roles.includes("student") && `${m.forChild}, `}{m.until(f.dateTime(expiresAt))}</span></p>
          <form method="post" action="/admin/people/invitations"><input type="hidden" name="invitationId" value={id} /><Button weight="link" name="act" value="withdraw">{m.withdraw}</Button></form>
        </li>
      ))}
    </ul>
  );
}
