import { messagesFor } from "../../i18n/catalogue.ts";
import type { Actor } from "../actor.ts";
import type { RoomOnPage } from "./room-on-page.ts";

/** What the page of a room tells its script. */
export function roomOnPage({ userId: me, locale, timeZone }: Actor, id: string, { revision, items }: { revision: number; items: { at: number }[] }): string {
  const { you, erased, edited, deleted, read, edit, remove, typing, here, waiting, refused } = messagesFor(locale).conversations;
  return JSON.stringify({ id, me, revision, locale, timeZone, lastAt: items.at(-1)?.at ?? null, words: { you, erased, edited, deleted, read, edit, remove, typing, here, waiting, refused } } satisfies RoomOnPage);
}
