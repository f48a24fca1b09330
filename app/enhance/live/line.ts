import { CLOSED, PING, PONG, PING_EVERY, VERSION, type ClientFrame, type ServerFrame, type Watch } from "../../domain/chat/protocol.ts";

/** What on the page lives by the line. */
export type Ear = { hear(frame: ServerFrame): void; /** The rooms to take up again, asked at each connection. */ watches?(): Watch[]; /** The line broke. */ lost?(): void };
export type Line = { /** Says it now, or answers that nobody can hear it. */ say(frame: ClientFrame): boolean; /** The server answers: a line that broke need not wait any longer. */ hurry(): void };

const LONGEST_WAIT = 60_000;
/** A page that nobody looks at gives its line back. */
const HIDDEN_LIFE = 60_000;

/** Keeps one socket open while somebody looks at the page: it comes back by itself, later each time, and at once when the network or the reader does. */
export function openLine(ears: Ear[]): Line {
  let socket: WebSocket | null = null;
  let connecting = false;
  let over = false;
  let failures = 0;
  let heardAt = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let leave: ReturnType<typeof setTimeout> | undefined;

  const later = (wait = Math.min(LONGEST_WAIT, 1000 * 2 ** failures++) * (0.5 + Math.random())) => {
    clearTimeout(again);
    again = setTimeout(() => void connect(), wait);
  };

  async function connect(): Promise<void> {
    if (over || connecting || socket || document.hidden) return;
    connecting = true;
    try {
      const answer = await fetch("/api/v1/live/ticket", { method: "POST" });
      if (answer.status === 401 || answer.status === 403) return void (over = true);
      if (!answer.ok) return later();
      const { ticket } = (await answer.json()) as { ticket: string };
      open(new WebSocket(`${location.origin.replace(/^http/, "ws")}/live?ticket=${encodeURIComponent(ticket)}`));
    } catch {
      later();
    } finally {
      connecting = false;
    }
  }

  function greet(mine: WebSocket): void {
    if (mine.readyState === WebSocket.OPEN) mine.send(JSON.stringify(["hi", VERSION, ears.flatMap((ear) => ear.watches?.() ?? [])] satisfies ClientFrame));
  }

  function open(mine: WebSocket): void {
    socket = mine;
    heardAt = Date.now();
    const pulse = setInterval(() => {
      if (Date.now() - heardAt > 1.5 * PING_EVERY) mine.close();
      else if (mine.readyState === WebSocket.OPEN) mine.send(PING);
    }, PING_EVERY);
    mine.onopen = () => greet(mine);
    mine.onmessage = ({ data }: MessageEvent<string>) => {
      heardAt = Date.now();
      failures = 0;
      if (data === PONG) return;
      const frame = JSON.parse(data) as ServerFrame;
      // Something died while it greeted us.
      if (frame[0] === "no" && frame[1] === null && frame[2] === "later") setTimeout(greet, 1000, mine);
      for (const ear of ears) ear.hear(frame);
    };
    mine.onclose = ({ code }) => {
      clearInterval(pulse);
      if (!lose(mine)) return;
      over = code === CLOSED.signedOut || code === CLOSED.version;
      if (!over) later(code === CLOSED.flood ? LONGEST_WAIT : undefined);
    };
  }

  /** Answers whether it was still ours. */
  function lose(mine: WebSocket): boolean {
    if (socket !== mine) return false;
    socket = null;
    for (const ear of ears) ear.lost?.();
    return true;
  }

  const hangUp = () => {
    clearTimeout(again);
    socket?.close();
  };
  // Without a network nobody answers a goodbye.
  addEventListener("offline", () => {
    const mine = socket;
    if (mine && lose(mine)) mine.close();
  });
  addEventListener("online", () => later(0));
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", ({ persisted }) => persisted && later(0));
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leave);
    if (document.hidden) leave = setTimeout(hangUp, HIDDEN_LIFE);
    else if (!socket) later(0);
  });
  void connect();

  return {
    say(frame) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    hurry() {
      failures = 0;
      if (!socket && !over) later(0);
    },
  };
}
