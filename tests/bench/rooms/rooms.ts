import type { Dial, Line } from "./member.ts";

export type Person = { userId: string; conversationId: string };

/** Rooms under test, ours or others: people who may come in, and ways to break them. */
export type Rooms = {
  people: Person[];
  dial(person: Person, hearing: Parameters<Dial>[0]): Promise<Line>;
  /** The room, or what holds the person's socket, dies in the midst of its work and begins anew with what it has stored. */
  evict(what: "room" | "inbox", person: Person): Promise<void>;
  /** The process is killed and started again on the same state. */
  kill(): Promise<void>;
  close(): Promise<void>;
};

/** So many rooms, each with so many members. */
export type Shape = { rooms: number; members: number };

/** A line over a WebSocket. */
export function dialSocket(url: string, hearing: Parameters<Dial>[0], headers: Record<string, string> = {}): Promise<Line> {
  // Node's takes headers, which a browser's does not.
  const socket = new WebSocket(url, { headers } as never);
  const ending = new AbortController();
  const on = (type: "open" | "close" | "error", act: () => void) => socket.addEventListener(type, act, { signal: ending.signal });
  socket.addEventListener("message", ({ data }) => hearing.heard(data as string), { signal: ending.signal });
  return new Promise((resolve, reject) => {
    const failed = () => (ending.abort(), reject(new Error(`no socket at ${url}`)));
    on("close", failed);
    on("error", failed);
    on("open", () => {
      socket.removeEventListener("close", failed);
      socket.removeEventListener("error", failed);
      on("close", hearing.closed);
      resolve({ send: (frame) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(frame)), cut: () => (ending.abort(), socket.close()) });
    });
  });
}
