import type { Author, Pointer, Refusal, WireMessage } from "#app/domain/chat/protocol.ts";

/** What rooms and inboxes say to each other. */

/** What is new in a room after the revision `since`, for one listener whose place begins at `readsFrom`. Said again it is the same. */
export type Delivery = {
  conversationId: string;
  since: number;
  revision: number;
  readsFrom: number;
  /** All authors up to a number, and all messages, as JSON: written once for everybody, and handed on unread. */
  named: number;
  people: string;
  messages: string;
  pointers: Pointer[];
  /** Messages that wait for the listener. */
  unread: number;
};

/** Somebody who opens a room: how far their page is, and until when they are there unless it is said again. */
export type Opening = { userId: string; readsFrom: number; revision: number; people: number; until: number };
export type Opened = { ahead: true } | { ahead: false; revision: number; people: Author[]; messages: WireMessage[]; pointers: Pointer[]; present: number[]; more: boolean };

/** What holds for the moment only: who types, who is there. */
export type Passing = { conversationId: string; people: Author[]; typing?: number; present?: number[] };

export type Answer = { seq: number; revision: number; at: number } | { refused: Refusal };
