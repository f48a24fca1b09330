import { answerJson, type Handler } from "./http.ts";

export type Message = { id: string; from: string; to: string; text: string };
/** `unavailable`: not taken, and said so. `lost_answer`: taken and delivered, but the answer is an error. */
export type SmsMood = "unavailable" | "lost_answer";

/** A text message service in the wire format of worker/providers/sms. A repeated key is delivered once. */
export class SmsService {
  readonly #byKey = new Map<string, Message>();
  readonly #moods = new Map<string, SmsMood[]>();

  /** `POST /messages` is the service itself; by the other two a test says how it answers a number next, and reads what reached it. */
  readonly handle: Handler = (_world, { method, url, headers, body }, response) => {
    if (method === "GET") return answerJson(response, 200, [...this.#byKey.values()].filter(({ to }) => to === url.searchParams.get("to")));
    const asked = JSON.parse(body) as Omit<Message, "id"> & { moods?: SmsMood[] };
    if (asked.moods) {
      this.#moods.set(asked.to, asked.moods);
      return answerJson(response, 200, { done: true });
    }
    const key = headers["idempotency-key"];
    if (!headers.authorization?.startsWith("Bearer ") || typeof key !== "string") return answerJson(response, 401, { error: "unauthorized" });
    if (!/^\+[1-9]\d{6,14}$/.test(asked.to) || !asked.from || !asked.text) return answerJson(response, 400, { error: "invalid" });
    const mood = this.#moods.get(asked.to)?.shift();
    if (mood === "unavailable") return answerJson(response, 503, { error: "unavailable" });
    const { from, to, text } = asked;
    const message = this.#byKey.get(key) ?? { id: `msg_${this.#byKey.size + 1}`, from, to, text };
    this.#byKey.set(key, message);
    answerJson(response, mood === "lost_answer" ? 502 : 201, mood === "lost_answer" ? { error: "bad gateway" } : { id: message.id });
  };
}
