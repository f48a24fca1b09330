import { answerJson, type Handler } from "./http.ts";

export type PachcaMessage = { entity_type: string; entity_id: number; content: string; at: number };
export type PachcaAnswer = { status: number; retryAfter?: number };

/** Pachca's `POST /api/shared/v1/messages` as it is documented. By `?channel=` a test says how it answers next (`PUT`), and reads what stands there (`GET`). */
export class PachcaService {
  readonly #messages: PachcaMessage[] = [];
  readonly #next = new Map<number, PachcaAnswer[]>();

  readonly handle: Handler = (_world, { method, url, headers, body }, response) => {
    const channel = Number(url.searchParams.get("channel"));
    if (method === "GET") return answerJson(response, 200, this.#messages.filter(({ entity_id }) => entity_id === channel));
    if (method === "PUT") {
      this.#next.set(channel, JSON.parse(body) as PachcaAnswer[]);
      return answerJson(response, 200, { done: true });
    }
    if (!/^Bearer \S{10,}$/.test(headers.authorization ?? "")) return answerJson(response, 401, { error: "unauthorized" });
    const { message } = JSON.parse(body) as { message?: Omit<PachcaMessage, "at"> };
    if (message?.entity_type !== "discussion" || !Number.isInteger(message.entity_id) || !message.content) return answerJson(response, 422, { errors: [{ key: "entity_id" }] });
    const { status, retryAfter } = this.#next.get(message.entity_id)?.shift() ?? { status: 201 };
    if (status < 300) this.#messages.push({ ...message, at: Date.now() });
    answerJson(response, status, status < 300 ? { data: { id: this.#messages.length } } : { error: "not now" }, retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) });
  };
}
