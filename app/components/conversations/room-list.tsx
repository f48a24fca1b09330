import { Badge } from "#app/components/ui/badge.tsx";
import { LinkList } from "#app/components/ui/link-list.tsx";
import type { ListedRoom } from "#app/domain/chat/list-rooms.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Conversations, each with the beginning of its last message and what is unread. */
export function RoomList({ rooms }: { rooms: ListedRoom[] }) {
  const { m: { conversations: m }, f } = useLanguage();
  const last = ({ lastText, lastSender, mine, lastSeq }: ListedRoom) =>
    lastText !== null ? m.said(mine ? m.you : (lastSender ?? m.erased), lastText) : lastSender !== null && lastSeq > 0 ? m.takenBack : m.nothingSaid;
  return (
    <LinkList rows={rooms.map((room) => ({
      key: room.id, href: room.kind === "support" ? `/support/tickets/${room.id}` : `/messages/${room.id}`, title: m.titles[room.kind](room), hint: room.lastSeq > 0 ? <><bdi>{last(room)}</bdi><br />{f.dateTime(room.at)}</> : last(room),
      tag: room.unread > 0 && <Badge count={room.unread} of={m.unread} />,
    }))} />
  );
}
