import { Badge } from "#app/components/ui/badge.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import type { ListedRoom } from "#app/domain/chat/list-rooms.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const FEW = 2;

/** Conversations, each with the beginning of its last message and what is unread; after them those in which nobody has said anything yet. */
export function RoomList({ rooms }: { rooms: ListedRoom[] }) {
  const { m: { conversations: m }, f } = useLanguage();
  const [talking, silent] = [rooms.filter(({ lastSeq }) => lastSeq > 0), rooms.filter(({ lastSeq }) => lastSeq === 0)];
  const last = ({ lastText, lastSender, mine }: ListedRoom) => (lastText !== null ? m.said(mine ? m.you : (lastSender ?? m.erased), lastText) : lastSender !== null ? m.takenBack : "");
  // Down to what is new, with a little of what was before: the page begins with older messages.
  const near = ({ lastSeq, unread }: ListedRoom) => `#m${Math.max(1, lastSeq - Math.max(unread, FEW))}`;
  const row = (room: ListedRoom) => ({ key: room.id, href: room.kind === "support" ? `/support/tickets/${room.id}` : `/messages/${room.id}${room.lastSeq > 0 ? near(room) : ""}`, title: m.titles[room.kind](room) });
  return (
    <>
      {talking.length > 0 && <LinkList rows={talking.map((room) => ({ ...row(room), hint: <><bdi>{last(room)}</bdi><br />{f.dateTime(room.at)}</>, tag: room.unread > 0 && <Badge count={room.unread} of={m.unread} /> }))} />}
      {silent.length > 0 && <><h2>{m.nothingSaid}</h2><LinkList rows={silent.map(row)} /></>}
    </>
  );
}
