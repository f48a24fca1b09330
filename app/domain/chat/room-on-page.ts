import { messagesFor } from "../../i18n/catalogue.ts";
import type { Actor } from "../actor.ts";

/** What the page of a room tells its script, in `data-room` of the list: whose room it is to whom, up to which change it is drawn, and the words for what is drawn later. */
export type RoomOnPage = {
  id: string;
  me: string;
  revision: number;
  locale: string;
  timeZone: string;
  /** Of the last message on the page. */
  lastAt: number | null;
  words: Record<"you" | "erased" | "edited" | "deleted" | "read" | "edit" | "remove" | "typing" | "here" | "waiting" | "refused", string>;
};

export function roomOnPage({ userId: me, locale, timeZone }: Actor, id: string, { revision, items }: { revision: number; items: { at: number }[] }): string {
  const { you, erased, edited, deleted, read, edit, remove, typing, here, waiting, refused } = messagesFor(locale).conversations;
  return JSON.stringify({ id, me, revision, locale, timeZone, lastAt: items.at(-1)?.at ?? null, words: { you, erased, edited, deleted, read, edit, remove, typing, here, waiting, refused } } satisfies RoomOnPage);
}
