/** A message as its room keeps it. `seq` has no gaps; `revision` is the room's count of changes when this message was last written or changed. */
export type RoomMessage = {
  seq: number;
  revision: number;
  /** Null: an erased person. */
  senderId: string | null;
  senderName: string;
  /** Its sender's own id of it; for nobody else. */
  clientId: string;
  at: number;
  /** Empty once deleted. */
  text: string;
  /** Tells nobody outside the room. */
  silent: boolean;
  editedAt: number | null;
  deletedAt: number | null;
  files: RoomFile[];
};

export type RoomFile = { id: string; name: string; type: string; size: number };

export type Outgoing = {
  senderId: string;
  senderName: string;
  /** Chosen by the sender, one for each message: sent again it is the same message. */
  clientId: string;
  text: string;
  at: number;
  silent: boolean;
  files: RoomFile[];
};

/** `again`: it was there already. `other_text`: the client id was used for another message. */
export type Sent = { message: RoomMessage; again: boolean } | { refused: "other_text" };
export type Changed = { message: RoomMessage } | { refused: "not_found" | "not_yours" | "too_late" };

/** Messages written before this instant are not for the reader. */
export type Since = { readsFrom: number };

export type History = { messages: RoomMessage[]; /** There are more before the first, after the last. */ older: boolean; newer: boolean; lastSeq: number; revision: number; /** How far each has read. */ pointers: { userId: string; seq: number }[] };

/** A message to be sent at a later instant. */
export type PlannedMessage = { id: string; dueAt: number; text: string; silent: boolean };
export type Planned = PlannedMessage & { senderId: string; senderName: string };

/** Port: the rooms, one Durable Object each. Whoever calls has asked first whether the actor may (`db/talkers.ts`). */
export type Rooms = {
  send(conversationId: string, message: Outgoing): Promise<Sent>;
  /** A page: the last ones, those before `before`, or those after `after`. */
  history(conversationId: string, asked: Since & { limit: number; before?: number | undefined; after?: number | undefined }): Promise<History>;
  /** What is new or changed since a revision, in order of revision. */
  changes(conversationId: string, asked: Since & { revision: number; limit: number }): Promise<{ messages: RoomMessage[]; more: boolean; lastSeq: number; revision: number }>;
  edit(conversationId: string, change: { senderId: string; seq: number; text: string; at: number }): Promise<Changed>;
  /** `senderId` null: a moderator's hand. */
  remove(conversationId: string, change: { senderId: string | null; seq: number; at: number }): Promise<Changed>;
  find(conversationId: string, asked: Since & { seq: number }): Promise<RoomMessage | null>;
  /** Takes the words and the name of an erased person out of the room. Safe to repeat. */
  forget(conversationId: string, person: { userId: string; at: number }): Promise<void>;
  /** Keeps a message until its time; false: the sender has too many waiting. */
  plan(conversationId: string, planned: Planned & { most: number }): Promise<boolean>;
  planned(conversationId: string, senderId: string): Promise<PlannedMessage[]>;
  /** False: it is not there, or was sent. */
  unplan(conversationId: string, planned: { id: string; senderId: string }): Promise<boolean>;
  /** Whether a message that the reader may read comes with this file. */
  holds(conversationId: string, asked: Since & { fileId: string }): Promise<boolean>;
  /** Whoever was `from` is `to` now, and has read what either read. Safe to repeat. */
  carry(conversationId: string, pointer: { from: string; to: string; at: number }): Promise<void>;
  read(conversationId: string, reader: Since & { userId: string; seq: number; at: number }): Promise<void>;
};

/** Port: the inboxes, one Durable Object for each person: their sockets and live counters. */
export type Inboxes = {
  /** Tells these people's open pages that something of theirs has changed: rights, counters. Nobody without an open page is bothered. */
  stir(userIds: string[]): Promise<void>;
};
