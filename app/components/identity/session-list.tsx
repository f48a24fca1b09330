import { useLanguage } from "#app/i18n/use-messages.ts";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { Tag } from "../ui/tag.tsx";

export type Device = { browser: string | null; system: string | null };
type SessionItem = { id: string; kind: string; lastSeenAt: number; address: string | null; device: Device; current: boolean };

/** Where somebody is signed in; each but the present one can be ended. */
export function SessionList({ sessions }: { sessions: SessionItem[] }) {
  const { m: { identity: m }, f } = useLanguage();
  return (
    <>
      <DataTable caption={m.sessions} rows={sessions} rowKey={(session) => session.id} columns={[
        { heading: m.device, cell: (session) => <>{session.kind === "bearer" ? m.program : m.deviceName(session.device)} {session.current && <Tag tone="done">{m.thisDevice}</Tag>}</> },
        { heading: m.address, cell: (session) => session.address ?? m.unknown },
        { heading: m.lastSeen, cell: (session) => f.dateTime(session.lastSeenAt) },
        {
          heading: m.end, cell: (session) => session.current ? <a href="/sign-out">{m.signOutHere}</a> : (
            <form method="post">
              <input type="hidden" name="sessionId" value={session.id} />
              <Button weight="quiet" name="act" value="end-session" aria-label={m.endSessionOf(m.deviceName(session.device))}>{m.end}</Button>
            </form>
          ),
        },
      ]} />
      {sessions.length > 1 && <form method="post"><Button weight="quiet" name="act" value="end-others">{m.endOthers}</Button></form>}
    </>
  );
}
