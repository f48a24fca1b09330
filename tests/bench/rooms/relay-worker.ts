import { DurableObject } from "cloudflare:workers";
import { VERSION, type ClientFrame, type ServerFrame, type WireMessage } from "#app/domain/chat/protocol.ts";

/** What rooms are like that keep nothing, or keep it too late. They speak as ours do; a room's name says how many are in it: `relay/0/50`. */
type Env = { RELAYS: DurableObjectNamespace<Relay>; LATE: DurableObjectNamespace<Late>; RAW: DurableObjectNamespace<Raw>; SOCKETS: DurableObjectNamespace<Sockets> };
/** `raw`: stores nothing and holds the sockets itself. The others have inboxes as ours: `relay` stores nothing, `gathering` neither and tells as ours do, `late` stores after it has sent. */
export type Kind = "raw" | "relay" | "gathering" | "late";
type Sent = { seq: number; at: number };
type Missed = { revision: number; messages: WireMessage[] };

const textOf = (frame: ServerFrame) => JSON.stringify(frame);
const NOTHING_WAITS = [0, 0, 0, 0, 0, 0, 0];

/** Passes on what it is given, to all who are in the room, as it comes; or, named `gathering`, as ours does: one call for each at a time, so that what comes meanwhile goes together. */
export class Relay extends DurableObject<Env> {
  protected seq = 0;
  private readonly waiting = new Map<number, string[]>();

  send(author: number, clientId: string, text: string): Sent {
    const message: WireMessage = [++this.seq, this.seq, author, 0, text];
    this.tell(message, clientId);
    return { seq: message[0], at: 0 };
  }

  missed(_since: number): Missed {
    return { revision: 0, messages: [] };
  }

  die(): void {
    this.ctx.abort("evicted");
  }

  protected tell(message: WireMessage, _clientId: string): void {
    const [kind, , members] = this.ctx.id.name!.split("/");
    const text = JSON.stringify(message);
    for (let member = 0; member < Number(members); member++) {
      if (kind !== "gathering") {
        this.ctx.waitUntil(this.sockets(member).deliver(`[${text}]`).catch(() => undefined));
        continue;
      }
      const waiting = this.waiting.get(member);
      if (waiting) waiting.push(text);
      else this.ctx.waitUntil(this.reach(member, text));
    }
  }

  private sockets(member: number): DurableObjectStub<Sockets> {
    return this.env.SOCKETS.get(this.env.SOCKETS.idFromName(`${this.ctx.id.name}/${member}`));
  }

  private async reach(member: number, first: string): Promise<void> {
    for (let messages = [first]; messages.length > 0; messages = this.waiting.get(member)!) {
      this.waiting.set(member, []);
      await this.sockets(member).deliver(`[${messages.join(",")}]`).catch(() => undefined);
    }
    this.waiting.delete(member);
  }
}

/** Sends first and stores then, as is often written. */
export class Late extends Relay {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY, author INTEGER, client_id TEXT, text TEXT)");
    this.seq = ctx.storage.sql.exec<{ seq: number }>("SELECT COALESCE(max(seq), 0) AS seq FROM messages").one().seq;
  }

  override send(author: number, clientId: string, text: string): Sent {
    const found = this.ctx.storage.sql.exec<{ seq: number }>("SELECT seq FROM messages WHERE author = ? AND client_id = ?", author, clientId).toArray()[0];
    return found ? { seq: found.seq, at: 0 } : super.send(author, clientId, text);
  }

  override missed(since: number): Missed {
    const messages = this.ctx.storage.sql.exec<{ seq: number; author: number; text: string }>("SELECT seq, author, text FROM messages WHERE seq > ? ORDER BY seq", since).toArray();
    return { revision: messages.at(-1)?.seq ?? since, messages: messages.map(({ seq, author, text }) => [seq, seq, author, 0, text]) };
  }

  protected override tell(message: WireMessage, clientId: string): void {
    super.tell(message, clientId);
    const [seq, , author, , text] = message;
    setTimeout(() => this.ctx.storage.sql.exec("INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?)", seq, author, clientId, text), 0);
  }
}

/** One member's sockets. */
export class Sockets extends DurableObject<Env> {
  override fetch(): Response {
    return accept(this.ctx);
  }

  override async webSocketMessage(ws: WebSocket, raw: string): Promise<void> {
    const frame = JSON.parse(raw) as ClientFrame;
    const [kind, nth, members, member] = this.ctx.id.name!.split("/");
    const rooms = kind === "late" ? this.env.LATE : this.env.RELAYS;
    const room = rooms.get(rooms.idFromName(`${kind}/${nth}/${members}`) as never) as DurableObjectStub<Relay>;
    if (frame[0] === "hi") {
      const [number, , since] = frame[2][0]!;
      const { revision, messages } = (await room.missed(since)) as unknown as Missed;
      ws.send(textOf(["hi", VERSION, NOTHING_WAITS]));
      ws.send(textOf(["sync", number, revision, [], messages, [], [], 0]));
    } else if (frame[0] === "send") {
      const { seq, at } = await room.send(Number(member), frame[2], frame[3]);
      ws.send(textOf(["ok", frame[2], frame[1], seq, seq, at]));
    }
  }

  deliver(messages: string): void {
    for (const ws of this.ctx.getWebSockets()) ws.send(`["m",1,${messages}]`);
  }

  die(): void {
    this.ctx.abort("evicted");
  }
}

/** One object that passes on what it is given to all its sockets. */
export class Raw extends DurableObject<Env> {
  private seq = 0;

  override fetch(): Response {
    return accept(this.ctx);
  }

  override webSocketMessage(ws: WebSocket, raw: string): void {
    const frame = JSON.parse(raw) as ClientFrame;
    if (frame[0] === "hi") ws.send(textOf(["sync", 1, 0, [], [], [], [], 0]));
    if (frame[0] !== "send") return;
    const message: WireMessage = [++this.seq, this.seq, 0, 0, frame[3]];
    const told = textOf(["m", 1, [message]]);
    for (const each of this.ctx.getWebSockets()) each.send(told);
    ws.send(textOf(["ok", frame[2], frame[1], message[0], message[1], 0]));
  }

  die(): void {
    this.ctx.abort("evicted");
  }
}

function accept(ctx: DurableObjectState): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  ctx.acceptWebSocket(server);
  return new Response(null, { status: 101, webSocket: client });
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const [room, member] = [searchParams.get("room")!, searchParams.get("member")!];
    const rooms = { relay: env.RELAYS, gathering: env.RELAYS, late: env.LATE, raw: env.RAW }[room.split("/")[0] as Kind] as DurableObjectNamespace<Raw>;
    const itself = rooms.get(rooms.idFromName(room));
    const sockets = room.startsWith("raw/") ? itself : env.SOCKETS.get(env.SOCKETS.idFromName(`${room}/${member}`));
    if (pathname === "/live") return sockets.fetch(request);
    await (pathname === "/evict-room" ? itself : sockets).die().catch(() => undefined);
    return new Response("evicted");
  },
} satisfies ExportedHandler<Env>;
