/**
 * What goes over `/live`, written for the browser too: no libraries here. Frames are JSON arrays, a word and then its parts, because most of what is sent is one short message.
 * The browser numbers the rooms that it watches; a room numbers the people in it (`Author`). Both numbers go in place of the long ids.
 */
export const VERSION = 1;

/** Answered by the edge without waking anybody. */
export const PING = "?";
export const PONG = "!";
export const PING_EVERY = 30_000;

/** How long a word about somebody holds unless it is said again. */
export const TYPING_LIFE = 6_000;
export const TYPING_AGAIN = 3_000;

export const LONGEST_FRAME = 32 * 1024;
export const MOST_ROOMS = 32;

/** Why the server ends a socket. Any other code: come back, with a new ticket. */
export const CLOSED = { /** Signed out, or the session was ended: do not come back. */ signedOut: 4001, /** Load the page anew. */ version: 4002, /** Too much: come back after a minute. */ flood: 4003 } as const;

/** What waits for a person, in this order on the wire. */
export const COUNTERS = ["messages", "alerts", "approvals", "consents", "deadlines", "achievements", "reports"] as const;
export type Counters = Record<(typeof COUNTERS)[number], number>;
export type WireCounters = number[];
export const countersToWire = (counters: Counters): WireCounters => COUNTERS.map((name) => counters[name]);
export const countersFromWire = (counts: WireCounters) => Object.fromEntries(COUNTERS.map((name, at) => [name, counts[at] ?? 0])) as Counters;

/** Instants are seconds since 2026. */
const YEAR_2026 = 1_767_225_600_000;
export const timeToWire = (instant: number) => Math.floor((instant - YEAR_2026) / 1000);
export const timeFromWire = (seconds: number) => seconds * 1000 + YEAR_2026;

/** Number, user id (null: erased), name. A changed name is a further number. */
export type Author = [number: number, userId: string | null, name: string];
export type WireFile = [id: string, name: string, type: string, size: number];
export type WireMore = { /** Your own: the client id under which you sent it. */ c?: string; /** Edited. */ e?: number; /** Deleted; the text is empty. */ d?: number; /** Silent. */ s?: 1; f?: WireFile[] };
export type WireMessage = [seq: number, revision: number, author: number, at: number, text: string, more?: WireMore];
/** How far somebody has read. */
export type Pointer = [author: number, seq: number];

/** A room to watch: the browser's number for it, the last revision it has seen there (of the page or a frame) and the highest author's number it knows. */
export type Watch = [room: number, conversationId: string, revision: number, authors: number];

export type ClientFrame =
  /** First. All rooms in one: that is the whole of coming back. */
  | ["hi", version: number, rooms: Watch[]]
  | ["watch", ...Watch]
  | ["unwatch", room: number]
  /** Sent again under the same client id it is the same message. What comes with files, later or silently is a form. */
  | ["send", room: number, clientId: string, text: string]
  | ["typing", room: number]
  | ["read", room: number, seq: number];

/**
 * `malformed`, `too_big`: not a frame. `no_room`: not watched, or nothing that you may know of. `ahead`: no such revision yet: load the page anew. `too_many`: rooms.
 * `read_only`: you may not write there (now). `other_text`: the client id was used for another message. `slow`: too fast, try again in a second. `later`: it failed here, try again.
 */
export type Refusal = "malformed" | "too_big" | "no_room" | "ahead" | "too_many" | "read_only" | "other_text" | "slow" | "later";

export type ServerFrame =
  | ["hi", version: number, counters: WireCounters]
  /** After `hi` and `watch`: what is new or changed since the revision, in order of revision. `more` 1: another follows. */
  | ["sync", room: number, revision: number, authors: Author[], messages: WireMessage[], pointers: Pointer[], present: number[], more: 0 | 1]
  /** New or changed messages (a `seq` that is there already: changed), and authors not named before. */
  | ["m", room: number, messages: WireMessage[], authors?: Author[]]
  | ["ok", clientId: string, room: number, seq: number, revision: number, at: number]
  /** `about`: the client id of a message, the number of a room, or null. */
  | ["no", about: string | number | null, why: Refusal]
  /** Types now; holds for TYPING_LIFE. */
  | ["typing", room: number, author: number, authors?: Author[]]
  /** All who have the room open now. */
  | ["here", room: number, present: number[], authors?: Author[]]
  | ["read", room: number, pointers: Pointer[], authors?: Author[]]
  | ["count", counters: WireCounters]
  /** The right to read there has ended. */
  | ["gone", room: number];
