import { Fragment } from "react";
import type { MessageOnPage } from "#app/domain/chat/read-room.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What was said, day by day, oldest first. `live`: what the page's script needs to go on (`RoomOnPage`); it draws as this does. Few signs for each: this page is opened most, on the slowest lines. `at`: the room's page, whose readers may open its files. */
export function MessageList({ at: path, items, seen, live }: { at?: string; items: MessageOnPage[]; seen: number; live?: string | undefined }) {
  const { f } = useLanguage();
  const lastOwn = items.findLast(({ mine }) => mine)?.seq;
  return (
    <ol className="talk" data-room={live}>{items.map((message, at) => (
      <Fragment key={message.seq}>
        {(at === 0 || f.day(items[at - 1]!.at) !== f.day(message.at)) && <li className="day">{f.day(message.at)}</li>}
        <Message {...(path ? { at: path } : {})} message={message} read={message.seq === lastOwn && message.seq <= seen} />
      </Fragment>
    ))}</ol>
  );
}

function Message({ at: path, message: { seq, senderName, at, text, files, mine, edited, deleted, mayChange }, read }: { at?: string; message: MessageOnPage; read: boolean }) {
  const { m: { conversations: m }, f } = useLanguage();
  return (
    <li id={`m${seq}`} className={mine ? "own" : undefined}>
      <b>{mine ? m.you : <bdi>{senderName || m.erased}</bdi>}</b> <small>{f.time(at)}{edited && !deleted && `, ${m.edited}`}{read && `, ${m.read}`}</small>
      {deleted ? <p className="hint">{m.deleted}</p> : text !== "" && <p dir="auto">{text}</p>}
      {files.map((file) => <p key={file.id}>{path ? <a href={`/api/v1/conversations${path.slice("/messages".length)}/attachments/${file.id}`}><bdi>{file.name}</bdi></a> : <bdi>{file.name}</bdi>} <small>{f.size(file.size)}</small></p>)}
      {mayChange && <><a href={`?edit=${seq}#text`}>{m.edit}</a> <a href={`?delete=${seq}#delete`}>{m.remove}</a></>}
    </li>
  );
}
