import { VERSION, type ClientFrame, type ServerFrame, type WireMessage } from "#app/domain/chat/protocol.ts";

/** A connection that is open. */
export type Line = { send(frame: ClientFrame): void; cut(): void };
type Hearing = { heard(frame: string): void; closed(): void };
export type Dial = (hearing: Hearing) => Promise<Line>;

type Entry = { seq: number; text: string };

const ROOM = 1;
const REDIAL = 50;
const AGAIN = 500;
/** A line on which nothing is answered for so long is dead, closed or not: a page finds out by its pings. */
const SILENCE = 10_000;
/** How many messages may be on their way at once. */
const WINDOW = 8;

/** Somebody in a room as the browser's script behaves: sends until it is acknowledged, comes back after the last change it has seen, shows each message once. */
export class Member {
  readonly name: string;
  /** In the order in which they came. */
  readonly transcript: Entry[] = [];
  readonly said: string[] = [];
  /** Frames, and what they and their headers weigh. */
  readonly traffic = { frames: 0, bytes: 0, sent: 0 };
  private readonly conversationId: string;
  private readonly dial: Dial;
  private readonly onTheWay = new Map<string, string>();
  private readonly texts = new Map<string, string>();
  private readonly queue: string[] = [];
  private readonly numbers = new Map<number, string>();
  private line: Line | undefined;
  private revision = 0;
  private people = 0;
  private ready = false;
  private gone = false;
  private heardAt = 0;
  private readonly watch = setInterval(() => {
    if (this.line && !this.settled && Date.now() - this.heardAt > SILENCE) this.cut();
  }, SILENCE / 10);
  private grown = () => {};

  constructor(name: string, conversationId: string, dial: Dial) {
    this.name = name;
    this.conversationId = conversationId;
    this.dial = dial;
  }

  /** Dials until somebody answers. */
  async come(): Promise<void> {
    while (!this.gone && !this.line) {
      try {
        const line = await this.dial({ heard: (frame) => this.hear(frame), closed: () => this.lost(line) });
        this.line = line;
        this.heardAt = Date.now();
        this.greet();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, REDIAL));
      }
    }
  }

  say(): void {
    const text = `${this.name} ${String(this.said.length).padStart(6, "0")}`.padEnd(40, ".");
    this.queue.push(clientIdOf(text));
    this.texts.set(clientIdOf(text), text);
    this.said.push(text);
    this.sendOn();
  }

  /** Says an old message again, as a page does that missed the acknowledgement. */
  again(): void {
    const old = this.said.map(clientIdOf).filter((id) => !this.onTheWay.has(id) && !this.queue.includes(id));
    const id = old[Math.floor(old.length / 2)];
    if (id && this.ready) this.put(["send", ROOM, id, this.texts.get(id)!]);
  }

  /** Loses the line, and dials again after so long. */
  cut(away = 0): void {
    const line = this.line;
    if (!line) return;
    this.line = undefined;
    this.ready = false;
    line.cut();
    setTimeout(() => void this.come(), away);
  }

  leave(): void {
    this.gone = true;
    clearInterval(this.watch);
    this.cut();
  }

  /** Until so many messages have come. */
  hasSeen(count: number, within: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${this.name} has seen ${this.transcript.length} of ${count}`)), within);
      this.grown = () => {
        if (this.transcript.length < count) return;
        clearTimeout(late);
        resolve();
      };
      this.grown();
    });
  }

  /** Nothing of its own is unanswered. */
  get settled(): boolean {
    return this.ready && this.onTheWay.size === 0 && this.queue.length === 0;
  }

  get unanswered(): number {
    return this.onTheWay.size + this.queue.length;
  }

  private lost(line: Line): void {
    if (this.line !== line) return;
    this.line = undefined;
    this.ready = false;
    void this.come();
  }

  private sendOn(): void {
    while (this.ready && this.queue.length > 0 && this.onTheWay.size < WINDOW) {
      const id = this.queue.shift()!;
      this.onTheWay.set(id, this.texts.get(id)!);
      this.put(["send", ROOM, id, this.texts.get(id)!]);
    }
  }

  /** Says where it is, and gets what it has missed. */
  private greet(): void {
    this.put(["hi", VERSION, [[ROOM, this.conversationId, this.revision, this.people]]]);
  }

  private put(frame: ClientFrame): void {
    this.traffic.sent++;
    this.line?.send(frame);
  }

  private hear(raw: string): void {
    this.heardAt = Date.now();
    const size = Buffer.byteLength(raw);
    this.traffic.frames++;
    this.traffic.bytes += size + (size < 126 ? 2 : size < 65_536 ? 4 : 10);
    const frame = JSON.parse(raw) as ServerFrame;
    if (frame[0] === "sync") {
      this.revision = Math.max(this.revision, frame[2]);
      this.keep(frame[4], frame[3].at(-1)?.[0]);
      if (!this.ready && frame[7] === 0) this.takeUp();
    } else if (frame[0] === "m") {
      this.keep(frame[2], frame[3]?.at(-1)?.[0]);
    } else if (frame[0] === "ok") {
      this.onTheWay.delete(frame[1]);
      this.sendOn();
    } else if (frame[0] === "no") this.refused(frame[1], frame[2]);
  }

  private takeUp(): void {
    this.ready = true;
    for (const [id, text] of this.onTheWay) this.put(["send", ROOM, id, text]);
    this.sendOn();
  }

  private refused(about: string | number | null, why: string): void {
    if (why !== "later" && why !== "slow") throw new Error(`${this.name} was refused: ${why}`);
    const line = this.line;
    setTimeout(() => {
      if (this.line !== line) return;
      if (typeof about !== "string") this.greet();
      else if (this.onTheWay.has(about)) this.put(["send", ROOM, about, this.texts.get(about)!]);
    }, AGAIN);
  }

  /** What has the number and the text of one that is there already is the same one. */
  private keep(messages: WireMessage[], people = 0): void {
    this.people = Math.max(this.people, people);
    for (const [seq, revision, , , text] of messages) {
      this.revision = Math.max(this.revision, revision);
      if (this.numbers.get(seq) === text) continue;
      this.numbers.set(seq, text);
      this.transcript.push({ seq, text });
    }
    this.grown();
  }
}

const clientIdOf = (text: string) => `id-${text.slice(0, text.indexOf(" ") + 7).replace(" ", "-")}`;
