/** What the page of a room tells its script, in `data-room` of the list: whose room it is to whom, up to which change it is drawn, and the words for what is drawn later. */
export type RoomOnPage = {
  id: string;
  me: string;
  revision: number;
  locale: string;
  timeZone: string;
  /** Of the last message on the page. */
  lastAt: number | null;
  /** Over for now: a word of whoever may still write opens it again. */
  closed?: true;
  words: Record<"you" | "erased" | "edited" | "deleted" | "read" | "edit" | "remove" | "typing" | "here" | "waiting" | "refused", string>;
};
