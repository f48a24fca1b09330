import * as z from "zod";
import { LONGEST_FRAME, MOST_ROOMS, VERSION, type ClientFrame } from "./protocol.ts";
import { CLIENT_ID, LONGEST_MESSAGE } from "./rules.ts";

const Room = z.int().min(0).max(9999);
const Count = z.int().min(0);
const Id = z.string().min(1).max(64);
const watch = [Room, Id, Count, Count] as const;

/** By its first word: each message of a busy room is read here, and held against one of them only. */
const Frames = {
  hi: z.tuple([z.literal("hi"), z.literal(VERSION), z.array(z.tuple([...watch])).max(MOST_ROOMS)]),
  watch: z.tuple([z.literal("watch"), ...watch]),
  unwatch: z.tuple([z.literal("unwatch"), Room]),
  send: z.tuple([z.literal("send"), Room, z.string().regex(CLIENT_ID), z.string().max(LONGEST_MESSAGE)]),
  typing: z.tuple([z.literal("typing"), Room]),
  read: z.tuple([z.literal("read"), Room, Count]),
} as Record<ClientFrame[0], z.ZodType<ClientFrame>>;

export type Inbound = { frame: ClientFrame } | { refused: "malformed" | "too_big" | "version"; /** What of it could be made out: the client id of a message. */ about: string | null };

/** Reads what came over a socket. Whatever it is, it is answered and throws nothing. */
export function parseFrame(raw: string | ArrayBuffer): Inbound {
  if (typeof raw !== "string") return { refused: "malformed", about: null };
  if (raw.length > LONGEST_FRAME) return { refused: "too_big", about: null };
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { refused: "malformed", about: null };
  }
  const word: unknown = Array.isArray(value) ? value[0] : null;
  const found = typeof word === "string" && Object.hasOwn(Frames, word) ? Frames[word as ClientFrame[0]].safeParse(value) : null;
  if (found?.success) return { frame: found.data };
  if (word === "hi" && (value as unknown[])[1] !== VERSION) return { refused: "version", about: null };
  const about = word === "send" ? (value as unknown[])[2] : null;
  return { refused: "malformed", about: typeof about === "string" && CLIENT_ID.test(about) ? about : null };
}
