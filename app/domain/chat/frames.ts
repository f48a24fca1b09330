import * as z from "zod";
import { LONGEST_FRAME, MOST_ROOMS, VERSION, type ClientFrame } from "./protocol.ts";
import { CLIENT_ID, LONGEST_MESSAGE } from "./rules.ts";

const Room = z.int().min(0).max(9999);
const Count = z.int().min(0);
const Id = z.string().min(1).max(64);
const watch = [Room, Id, Count, Count] as const;

const Frame: z.ZodType<ClientFrame> = z.union([
  z.tuple([z.literal("hi"), z.literal(VERSION), z.array(z.tuple([...watch])).max(MOST_ROOMS)]),
  z.tuple([z.literal("watch"), ...watch]),
  z.tuple([z.literal("unwatch"), Room]),
  z.tuple([z.literal("send"), Room, z.string().regex(CLIENT_ID), z.string().max(LONGEST_MESSAGE)]),
  z.tuple([z.literal("typing"), Room]),
  z.tuple([z.literal("read"), Room, Count]),
]) as z.ZodType<ClientFrame>;

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
  const found = Frame.safeParse(value);
  if (found.success) return { frame: found.data };
  if (Array.isArray(value) && value[0] === "hi" && value[1] !== VERSION) return { refused: "version", about: null };
  const about: unknown = Array.isArray(value) && value[0] === "send" ? value[2] : null;
  return { refused: "malformed", about: typeof about === "string" && CLIENT_ID.test(about) ? about : null };
}
