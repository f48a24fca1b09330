import { DurableObject } from "cloudflare:workers";
import { parseFrame } from "#app/domain/chat/frames.ts";
import { CLOSED, countersToWire, PING, PONG, VERSION, type ClientFrame, type Watch } from "#app/domain/chat/protocol.ts";
import type { Ticket } from "#app/domain/chat/live-ticket.server.ts";
import { openDb } from "#db/client.ts";
import { parseEnv } from "../env.ts";
import { durableInboxes } from "../providers/rooms.ts";
import { problem } from "../http/problem.ts";
import type { Delivery, Passing } from "./delivery.ts";
import { FrameLimit } from "./frame-limit.ts";
import { InboxRooms } from "./inbox-rooms.ts";
import { InboxStanding } from "./inbox-standing.ts";
import { InboxStore } from "./inbox-store.ts";
import { LiveSocket } from "./live-socket.ts";

/** After the last page is closed the person stays for so long: the next page of a reader is seconds away. */
const LINGER = 10_000;

/** One person's open pages: their sockets, what they may, and the live counters of what waits for them. */
export class Inbox extends DurableObject {
  private readonly bindings = parseEnv(this.env as object);
  private readonly store = new InboxStore(this.ctx.storage);
  private readonly standing: InboxStanding = new InboxStanding(
    openDb(this.bindings.DB, (userIds) => this.ctx.waitUntil(durableInboxes(this.bindings.INBOXES, this.bindings.DB).stir(userIds))), this.store, () => this.userId,
    () => ({ sessions: [...this.sockets.values()].map(({ sessionId }) => sessionId), rooms: this.rooms.asked() }), (ended) => this.settle(ended),
  );
  private readonly rooms: InboxRooms = new InboxRooms(this.store, this.standing, this.bindings.ROOMS, () => this.userId, () => [...this.sockets.values()]);
  private readonly limits = new WeakMap<WebSocket, FrameLimit>();
  private readonly awake = new Map<WebSocket, LiveSocket>();
  private told = "";
  private owner: string | undefined;

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** A page opens its socket, with a ticket that the edge has read. */
  override async fetch(request: Request): Promise<Response> {
    const { userId, sessionId, nonce, expiresAt } = JSON.parse(request.headers.get("Kinboard-Ticket")!) as Ticket;
    this.owner = userId;
    if (!this.store.spend(nonce, expiresAt, Date.now())) return problem(401, "unauthenticated");
    const isFirst = this.sockets.size === 0;
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    LiveSocket.begin(server, sessionId);
    try {
      await (isFirst ? this.standing.begin() : this.standing.ask());
      await this.wake();
    } catch (error) {
      console.log(JSON.stringify({ event: "socket.not_opened", error: String(error) }));
      server.close(1011);
      return problem(503, "not_ready");
    }
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(ws: WebSocket, raw: string | ArrayBuffer): Promise<void> {
    const socket = this.socketOf(ws);
    const pace = this.paceOf(ws);
    if (pace === "flood") return socket.close(CLOSED.flood);
    const inbound = parseFrame(raw);
    if ("refused" in inbound) return inbound.refused === "version" ? socket.close(CLOSED.version) : socket.send(["no", inbound.about, inbound.refused]);
    const about = inbound.frame[0] === "send" ? inbound.frame[2] : null;
    if (pace === "slow") return socket.send(["no", about, "slow"]);
    await this.take(socket, inbound.frame).catch((error: unknown) => {
      console.log(JSON.stringify({ event: "frame.failed", kind: inbound.frame[0], error: String(error) }));
      socket.send(["no", about, "later"]);
    });
  }

  override async webSocketClose(ws: WebSocket, code: number): Promise<void> {
    this.awake.delete(ws);
    if (ws.readyState !== WebSocket.CLOSED) ws.close(code === 1005 || code === 1006 ? 1000 : code);
    await this.wake(Date.now() + LINGER);
  }

  override webSocketError(ws: WebSocket): Promise<void> {
    return this.webSocketClose(ws, 1006);
  }

  /** Something of this person's has changed: rights, or what waits. */
  async stir(): Promise<void> {
    this.standing.doubt();
    if (this.sockets.size > 0) await this.standing.ask();
  }

  async deliver(delivery: Delivery): Promise<void> {
    if (this.sockets.size === 0) return;
    await this.rooms.deliver(delivery);
    this.count();
  }

  async pass(passing: Passing): Promise<void> {
    if (this.sockets.size > 0) await this.rooms.pass(passing);
  }

  override async alarm(): Promise<void> {
    if (this.sockets.size > 0) await this.standing.ask();
    await this.rooms.showOneself();
    if (this.sockets.size === 0) await this.standing.end();
    await this.wake();
  }

  private async take(socket: LiveSocket, frame: ClientFrame): Promise<void> {
    switch (frame[0]) {
      case "hi":
        socket.send(["hi", VERSION, countersToWire(this.store.counters)]);
        return this.rooms.watch(socket, frame[2]);
      case "watch":
        return this.rooms.watch(socket, [frame.slice(1) as Watch]);
      case "unwatch":
        socket.unwatch(socket.room(frame[1]));
        return this.wake(Date.now() + LINGER);
      case "send":
        return this.rooms.send(socket, { room: frame[1], clientId: frame[2], text: frame[3] });
      case "typing":
        return this.rooms.typing(socket, frame[1]);
      case "read":
        return this.rooms.read(socket, frame[1], frame[2]);
    }
  }

  /** After D1 has answered: whose session has ended goes, rooms that are lost are said to be, and what waits. */
  private settle(ended: string[]): void {
    for (const socket of this.sockets.values()) if (ended.includes(socket.sessionId)) socket.close(CLOSED.signedOut);
    this.rooms.dropLost();
    this.count();
    this.ctx.waitUntil(this.wake());
  }

  private count(): void {
    const counters = countersToWire(this.store.counters);
    if (this.told === counters.join()) return;
    this.told = counters.join();
    for (const socket of this.sockets.values()) socket.send(["count", counters]);
  }

  /** Kept, because an object that an alarm wakes is not told its name by every version of the runtime. */
  private get userId(): string {
    this.owner ??= this.ctx.id.name ?? this.store.userId;
    if (this.owner === undefined) throw new Error("an inbox without a name");
    return (this.store.userId ??= this.owner);
  }

  private get sockets(): Map<WebSocket, LiveSocket> {
    return new Map(this.ctx.getWebSockets().filter((ws) => ws.readyState === WebSocket.OPEN).map((ws) => [ws, this.socketOf(ws)]));
  }

  /** One object for each socket while the inbox is awake: what it knows must not be read in two places. */
  private socketOf(ws: WebSocket): LiveSocket {
    const socket = this.awake.get(ws) ?? new LiveSocket(ws);
    this.awake.set(ws, socket);
    return socket;
  }

  private paceOf(ws: WebSocket) {
    const limit = this.limits.get(ws) ?? new FrameLimit();
    this.limits.set(ws, limit);
    return limit.take();
  }

  /** Sees to it that the alarm rings by then, or when what is known of rights ends. */
  private async wake(by = Infinity): Promise<void> {
    const at = Math.min(by, this.sockets.size > 0 ? this.store.until : Infinity);
    const set = await this.ctx.storage.getAlarm();
    if (at < (set ?? Infinity)) await this.ctx.storage.setAlarm(Math.max(at, Date.now()));
  }
}
