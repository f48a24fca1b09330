import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { countersFromWire, PONG, VERSION, type Author, type ClientFrame, type Counters, type ServerFrame, type Watch, type WireMessage } from "#app/domain/chat/protocol.ts";
import { api, signedIn, type TestContext } from "./world.ts";
import worker from "#worker/index.ts";
import { createExecutionContext } from "cloudflare:test";
import { IN_TIME } from "#tests/patience.ts";

type Of<Word extends ServerFrame[0]> = Extract<ServerFrame, [Word, ...unknown[]]>;

export async function ticketOf(token: string): Promise<string> {
  return ((await (await api("POST", "/live/ticket", { token })).json()) as { ticket: string }).ticket;
}

export function knockLive(ticket: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`http://localhost/live?ticket=${encodeURIComponent(ticket)}`, { headers: { Upgrade: "websocket", Origin: "http://localhost", ...headers } });
  return Promise.resolve(worker.fetch(request, env, createExecutionContext()));
}

/** A page with its socket, as the browser's script keeps it: what it has seen of its rooms, each message once, by its `seq`. */
export class LivePage {
  readonly frames: ServerFrame[] = [];
  readonly rooms = new Map<number, { conversationId: string; revision: number; authors: Author[]; messages: Map<number, WireMessage>; twice: number }>();
  counters: Counters | undefined;
  closed: number | undefined;
  private socket!: WebSocket;

  static async open(token: string, rooms: Watch[] = []): Promise<LivePage> {
    const page = new LivePage();
    await page.connect(token, rooms);
    return page;
  }

  async connect(token: string, rooms: Watch[] = this.seen()): Promise<void> {
    const answer = await knockLive(await ticketOf(token));
    if (!answer.webSocket) throw new Error(`no socket: ${answer.status}`);
    this.socket = answer.webSocket;
    this.closed = undefined;
    this.socket.accept();
    this.socket.addEventListener("message", ({ data }) => data !== PONG && this.take(JSON.parse(data as string) as ServerFrame));
    this.socket.addEventListener("close", ({ code }) => void (this.closed = code));
    this.socket.addEventListener("error", () => void (this.closed ??= 1006));
    for (const [room, conversationId, revision] of rooms) if (!this.rooms.has(room)) this.rooms.set(room, { conversationId, revision, authors: [], messages: new Map(), twice: 0 });
    const before = this.all("hi").length;
    this.say(["hi", VERSION, rooms]);
    await vi.waitFor(() => {
      if (this.all("hi").length === before && this.closed === undefined) throw new Error("no hi");
    }, IN_TIME);
    if (this.closed !== undefined) throw new Error(`closed: ${this.closed as number}`);
  }

  /** The rooms as they would be taken up again. */
  seen(): Watch[] {
    return [...this.rooms].map(([room, { conversationId, revision, authors }]) => [room, conversationId, revision, authors.length]);
  }

  say(frame: ClientFrame): void {
    this.raw(JSON.stringify(frame));
  }

  raw(text: string | ArrayBuffer): void {
    this.socket.send(text);
  }

  leave(): void {
    this.socket.close(1000);
  }

  /** What a browser does when nothing is answered any more. */
  cut(): void {
    try {
      this.leave();
    } catch {
      // Dead already.
    }
    this.closed ??= 1006;
  }

  /** The texts of a room in order. */
  texts(room: number): string[] {
    return [...this.rooms.get(room)!.messages].sort(([one], [other]) => one - other).map(([, message]) => message[4]);
  }

  all<Word extends ServerFrame[0]>(word: Word): Of<Word>[] {
    return this.frames.filter((frame): frame is Of<Word> => frame[0] === word);
  }

  next<Word extends ServerFrame[0]>(word: Word, fits: (frame: Of<Word>) => boolean = () => true, within = IN_TIME.timeout): Promise<Of<Word>> {
    return vi.waitFor(() => {
      const found = this.all(word).find(fits);
      if (!found) throw new Error(`no ${word} among ${JSON.stringify(this.frames.slice(-8))}`);
      return found;
    }, { timeout: within, interval: 5 });
  }

  private take(frame: ServerFrame): void {
    this.frames.push(frame);
    // Something died while it greeted us.
    if (frame[0] === "no" && frame[1] === null && frame[2] === "later" && this.closed === undefined) this.say(["hi", VERSION, this.seen()]);
    if (frame[0] === "hi") this.counters = countersFromWire(frame[2]);
    if (frame[0] === "count") this.counters = countersFromWire(frame[1]);
    if (frame[0] === "sync") this.keep(frame[1], frame[4], frame[3], frame[2]);
    if (frame[0] === "m") this.keep(frame[1], frame[2], frame[3] ?? [], 0);
    if (frame[0] === "typing" || frame[0] === "here" || frame[0] === "read") this.keep(frame[1], [], frame[3] ?? [], 0);
  }

  private keep(number: number, messages: WireMessage[], authors: Author[], revision: number): void {
    const room = this.rooms.get(number)!;
    room.authors.push(...authors);
    for (const message of messages) {
      const before = room.messages.get(message[0]);
      if (before && before[1] >= message[1]) room.twice++;
      else room.messages.set(message[0], message);
    }
    room.revision = Math.max(room.revision, revision, ...messages.map((message) => message[1]));
  }
}

/** A person with one page open. */
export const livePage = async (ctx: TestContext, userId: string, rooms: Watch[] = []) => {
  const token = await signedIn(ctx, userId, {});
  return { token, page: await LivePage.open(token, rooms) };
};
