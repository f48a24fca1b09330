import { timeFromWire, timeToWire, TYPING_AGAIN, TYPING_LIFE, type Author, type Pointer, type ServerFrame, type WireMessage } from "../../domain/chat/protocol.ts";
import type { RoomOnPage } from "../../domain/chat/room-on-page.ts";
import { EDIT_WINDOW } from "../../domain/chat/rules.ts";
import { formatterFor } from "../../i18n/format.ts";
import { saidText } from "../../domain/chat/text.ts";
import type { Ear, Line } from "./line.ts";
import { openOutbox, type Waiting } from "./outbox.ts";

/** The browser's number for the one room that a page shows. */
const ROOM = 1;
/** So long a message may be on its way over the line before it goes as a request of its own. */
const PATIENCE = 8_000;

/** The page of a room, kept as its server would draw it now: new messages, changes, who writes, who has read; and what is written goes out when it can. */
export function liveRoom(list: HTMLElement, form: HTMLFormElement | null, line: () => Line): Ear {
  const { id, me, locale, timeZone, words, ...page } = JSON.parse(list.dataset.room!) as RoomOnPage;
  const f = formatterFor(locale, timeZone);
  const outbox = openOutbox(`outbox ${me} ${id}`);
  const authors = new Map<number, { userId: string | null; name: string }>();
  const pending = new Map<string, HTMLElement>();
  let onTheWay: string | null = null;
  const typing = new Map<number, number>();
  let { revision, lastAt } = page;
  let [present, seen, lastSeq, told, inSync]: [number[], number, number, number, boolean] = [[], 0, 0, 0, false];
  const status = list.parentElement!.insertBefore(Object.assign(document.createElement("p"), { className: "hint", role: "status" }), form ?? list.nextSibling);

  const make = (tag: string, text = "", more: Record<string, string> = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(more)) made.setAttribute(name, value);
    return made;
  };
  /** Not `append`: its types here are a Worker's. */
  const fill = (parent: HTMLElement, ...parts: (HTMLElement | string)[]) => {
    for (const part of parts) parent.appendChild(typeof part === "string" ? document.createTextNode(part) : part);
    return parent;
  };
  const numberOf = (userId: string) => [...authors].findLast(([, author]) => author.userId === userId)?.[0];
  const isMine = (author: number) => authors.get(author)?.userId === me;

  function draw([seq, at, text, author, { e, d, f: files = [] }]: [number, number, string, number, NonNullable<WireMessage[5]>]): void {
    const instant = timeFromWire(at);
    const mine = isMine(author);
    const item = make("li", "", { id: `m${seq}`, ...(mine ? { class: "own" } : {}) });
    const who = make("b", mine ? words.you : "");
    if (!mine) fill(who, make("bdi", authors.get(author)?.name || words.erased));
    fill(item, who, " ", make("small", `${f.time(instant)}${e && !d ? `, ${words.edited}` : ""}`), ...(d ? [make("p", words.deleted, { class: "hint" })] : text ? [make("p", text, { dir: "auto" })] : []));
    for (const [fileId, name, , size] of files) {
      const link = make("a", "", { href: `/api/v1/conversations/${id}/attachments/${fileId}` });
      fill(link, make("bdi", name));
      fill(item, fill(make("p"), link, " ", make("small", f.size(size))));
    }
    if (mine && !d && form && Date.now() < instant + EDIT_WINDOW) fill(item, make("a", words.edit, { href: `?edit=${seq}#text` }), " ", make("a", words.remove, { href: `?delete=${seq}#delete` }));
    const there = document.getElementById(item.id);
    if (there) return void list.replaceChild(item, there);
    const atEnd = scrollY + innerHeight > document.documentElement.scrollHeight - 160;
    if (seq > lastSeq && (lastAt === null || f.day(lastAt) !== f.day(instant))) place(make("li", f.day(instant), { class: "day" }), Infinity);
    place(item, seq);
    if (seq > lastSeq) [lastSeq, lastAt] = [seq, instant];
    if (atEnd || mine) (form ?? item).scrollIntoView({ block: "nearest" });
  }

  /** Before the first message that comes after it, and before what is still waiting. */
  function place(item: HTMLElement, seq: number): void {
    document.querySelector("#nothing-said")?.remove();
    list.insertBefore(item, [...list.children].find((other) => Number(other.id.slice(1)) > seq || other.hasAttribute("data-pending")) ?? null);
  }

  function settle(clientId: string | undefined): void {
    if (clientId === undefined) return;
    outbox.take(clientId);
    pending.get(clientId)?.remove();
    pending.delete(clientId);
    if (onTheWay === clientId) pushAgain(0);
  }

  function take(messages: WireMessage[]): void {
    // A word opens again what was closed: the page has more to offer now.
    if (page.closed && messages.some(([seq]) => seq > lastSeq) && !field?.value) return location.reload();
    for (const [seq, changed, author, at, text, more = {}] of messages) {
      settle(more.c);
      draw([seq, at, text, author, more]);
      typing.delete(author);
      revision = Math.max(revision, changed);
    }
    markRead();
    drawStatus();
  }

  /** The last of one's own messages that others have read says so. */
  function drawRead(): void {
    const own = [...list.querySelectorAll<HTMLElement>(".own[id]")].at(-1);
    const small = own?.querySelector<HTMLElement>("small");
    const mark = `, ${words.read}`;
    for (const other of list.querySelectorAll<HTMLElement>(".own small")) if (other !== small && other.textContent!.endsWith(mark)) other.textContent = other.textContent!.slice(0, -mark.length);
    if (small && Number(own!.id.slice(1)) <= seen && !small.textContent!.endsWith(mark)) fill(small, mark);
  }

  function drawStatus(): void {
    const now = Date.now();
    const names = (numbers: number[]) => [...new Set(numbers.filter((number) => !isMine(number)).map((number) => authors.get(number)?.name ?? ""))].filter(Boolean).join(", ");
    const [writing, here] = [names([...typing].filter(([, until]) => now < until).map(([number]) => number)), names(present)];
    status.textContent = writing ? `${writing} ${words.typing}` : here ? `${words.here}: ${here}` : "";
  }

  function markRead(): void {
    if (document.hidden || lastSeq <= told || !inSync) return;
    if (line().say(["read", ROOM, lastSeq])) told = lastSeq;
  }

  function hearPointers(pointers: Pointer[]): void {
    seen = Math.max(seen, ...pointers.filter(([author]) => !isMine(author)).map(([, seq]) => seq));
    drawRead();
  }

  // ——— what is written ———

  const field = form?.elements.namedItem("text") as HTMLTextAreaElement | null;
  const ownId = form?.elements.namedItem("clientId") as HTMLInputElement | null;

  function show({ clientId, text }: Waiting): void {
    if (pending.has(clientId)) return;
    const item = make("li", "", { class: "own", "data-pending": "" });
    fill(item, make("b", words.you), " ", make("small", words.waiting), make("p", text, { dir: "auto" }));
    pending.set(clientId, item);
    document.querySelector("#nothing-said")?.remove();
    list.appendChild(item);
  }

  /** One after the other: the next goes when the room has the one before, so that they stay in order whatever breaks. */
  function push(): void {
    const [first] = outbox.all();
    if (!first || onTheWay !== null) return;
    onTheWay = first.clientId;
    const said = inSync && line().say(["send", ROOM, first.clientId, first.text]);
    setTimeout(() => onTheWay === first.clientId && void post(first), said ? PATIENCE : 0);
  }

  function pushAgain(wait: number): void {
    onTheWay = null;
    setTimeout(push, wait);
  }

  /** Without the line, by an ordinary request; without a network it stays in the outbox. */
  async function post({ clientId, text }: Waiting): Promise<void> {
    const answer = await fetch(`/api/v1/conversations/${id}/messages`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text, clientId }) }).catch(() => null);
    if (answer?.ok) {
      line().hurry();
      const { seq, at } = (await answer.json()) as { seq: number; at: string };
      accept(clientId, seq, Date.parse(at), text);
    } else if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 401) refuse(clientId);
    else pushAgain(PATIENCE);
  }

  function accept(clientId: string, seq: number, at: number, text: string): void {
    settle(clientId);
    const author = numberOf(me) ?? -1;
    if (!authors.has(author)) authors.set(author, { userId: me, name: "" });
    if (!document.getElementById(`m${seq}`)) draw([seq, timeToWire(at), text, author, {}]);
    drawRead();
  }

  function refuse(clientId: string): void {
    const refused = outbox.take(clientId);
    settle(clientId);
    if (refused && field && !field.value) field.value = refused.text;
    status.textContent = words.refused;
  }

  form?.addEventListener("submit", (event) => {
    const text = saidText(field?.value ?? "");
    const files = form.querySelector<HTMLInputElement>('input[type="file"]')?.files?.length ?? 0;
    const special = [...form.querySelectorAll<HTMLInputElement>("details input, details select")].some((input) => (input.type === "checkbox" ? input.checked : input.value !== ""));
    const waiting = { clientId: ownId!.value, text };
    // What is more than words, or could not be kept, goes as the plain form that it is.
    if (!text || files > 0 || special || !outbox.add(waiting)) return;
    event.preventDefault();
    ownId!.value = `msg_${crypto.randomUUID().replaceAll("-", "")}`;
    field!.value = "";
    show(waiting);
    push();
  });
  let typedAt = 0;
  field?.addEventListener("input", () => {
    if (Date.now() - typedAt > TYPING_AGAIN && line().say(["typing", ROOM])) typedAt = Date.now();
  });
  document.addEventListener("visibilitychange", markRead);
  addEventListener("online", push);
  for (const waiting of outbox.all()) show(waiting);
  lastSeq = Math.max(0, ...[...list.children].map((item) => Number(item.id.slice(1)) || 0));
  told = lastSeq; // opening the page has said so

  const learn = (named: Author[] = []) => {
    for (const [number, userId, name] of named) authors.set(number, { userId, name });
  };

  return {
    watches: () => [[ROOM, id, revision, Math.max(0, ...authors.keys())]],
    lost() {
      inSync = false;
      onTheWay = null;
      present = [];
      drawStatus();
    },
    hear(frame: ServerFrame) {
      switch (frame[0]) {
        case "sync":
          learn(frame[3]);
          if (frame[7] === 1) return location.reload();
          inSync = true;
          take(frame[4]);
          revision = Math.max(revision, frame[2]);
          present = frame[6];
          hearPointers(frame[5]);
          drawStatus();
          return push();
        case "m":
          learn(frame[3]);
          take(frame[2]);
          return drawRead();
        case "ok": {
          const waiting = outbox.all().find(({ clientId }) => clientId === frame[1]);
          return waiting ? accept(frame[1], frame[3], timeFromWire(frame[5]), waiting.text) : settle(frame[1]);
        }
        case "no":
          if (typeof frame[1] === "string") return frame[2] === "slow" || frame[2] === "later" || frame[2] === "no_room" ? pushAgain(2000) : refuse(frame[1]);
          return frame[2] === "ahead" || frame[2] === "no_room" ? location.reload() : undefined;
        case "typing":
          learn(frame[3]);
          typing.set(frame[2], Date.now() + TYPING_LIFE);
          setTimeout(drawStatus, TYPING_LIFE + 100);
          return drawStatus();
        case "here":
          learn(frame[3]);
          present = frame[2];
          return drawStatus();
        case "read":
          learn(frame[3]);
          return hearPointers(frame[2]);
        case "gone":
          return location.reload();
        case "hi":
        case "count":
          return; // the badges
      }
    },
  };
}
