import { messagesFor } from "../../i18n/catalogue.ts";
import type { TitleParts } from "../../i18n/en/conversations.ts";
import { formatterFor } from "../../i18n/format.ts";
import type { Actor } from "../actor.ts";
import type { RoomOnPage } from "./room-on-page.ts";

/** What the page of a room tells its script. */
export function roomOnPage({ userId: me, locale, timeZone }: Actor, id: string, { revision, items, closed }: { revision: number; items: { at: number }[]; closed?: true | undefined }): string {
  const { you, erased, edited, deleted, read, edit, remove, typing, here, waiting, refused } = messagesFor(locale).conversations;
  return JSON.stringify({ id, me, revision, ...(closed ? { closed } : {}), locale, timeZone, lastAt: items.at(-1)?.at ?? null, words: { you, erased, edited, deleted, read, edit, remove, typing, here, waiting, refused } } satisfies RoomOnPage);
}

/** What a room is called, to this reader. */
export const titleOfRoom = (room: TitleParts, { locale }: Pick<Actor, "locale">): string => messagesFor(locale).conversations.titles[room.kind](room);

/** The words of a saved transcript. */
export function transcriptWords({ locale, timeZone }: Pick<Actor, "locale" | "timeZone">) {
  const { erased, deleted, edited } = messagesFor(locale).conversations;
  const f = formatterFor(locale, timeZone);
  return { time: (at: number) => `${f.date(at)}, ${f.time(at)}`, nobody: erased, deleted, edited };
}
