import { MOST_ROOMS, type ServerFrame, type Watch } from "#app/domain/chat/protocol.ts";

/** What a socket knows of a room: `Watch`, as far as it is now. */
export type Watched = { room: number; conversationId: string; revision: number; people: number };
type Kept = { session: string; rooms: Watch[] };

/** One open page of a person. What is kept with it survives the inbox's sleep, within two kilobytes. */
export class LiveSocket {
  readonly sessionId: string;
  readonly rooms: Watched[];
  private readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    const { session, rooms } = socket.deserializeAttachment() as Kept;
    this.socket = socket;
    this.sessionId = session;
    this.rooms = rooms.map(([room, conversationId, revision, people]) => ({ room, conversationId, revision, people }));
  }

  static begin(socket: WebSocket, session: string): void {
    socket.serializeAttachment({ session, rooms: [] } satisfies Kept);
  }

  room(room: number): Watched | undefined {
    return this.rooms.find((each) => each.room === room);
  }

  of(conversationId: string): Watched | undefined {
    return this.rooms.find((each) => each.conversationId === conversationId);
  }

  /** Answers whether there was place for one more. A number used again stands for the other room from now on. */
  watch(watched: Watched): boolean {
    this.drop(this.of(watched.conversationId));
    this.drop(this.room(watched.room));
    if (this.rooms.length >= MOST_ROOMS) return false;
    this.rooms.push(watched);
    this.keep();
    return true;
  }

  unwatch(watched: Watched | undefined): void {
    this.drop(watched);
    this.keep();
  }

  /** The socket has been told up to there. */
  reached(watched: Watched, revision: number, people: number): void {
    watched.revision = Math.max(watched.revision, revision);
    watched.people = Math.max(watched.people, people);
    this.keep();
  }

  send(frame: ServerFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  /** A frame that is written out already. */
  sendText(frame: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
  }

  close(code: number): void {
    this.socket.close(code);
  }

  private drop(watched: Watched | undefined): void {
    if (watched) this.rooms.splice(this.rooms.indexOf(watched), 1);
  }

  private keep(): void {
    this.socket.serializeAttachment({ session: this.sessionId, rooms: this.rooms.map(({ room, conversationId, revision, people }) => [room, conversationId, revision, people]) } satisfies Kept);
  }
}
