import { answerJson, type Handler } from "./http.ts";

/** What a browser's push service was asked: RFC 8030 without a payload, RFC 8292 for who asks. */
export type Nudge = { token: string; key: string; ttl: string; urgency: string; topic: string };

/** A push service. `POST /push/{browser}` is the service itself; by the others a test says how it answers next (`PUT`), and reads what came (`GET`). */
export class PushService {
  readonly #taken = new Map<string, Nudge[]>();
  readonly #next = new Map<string, number[]>();

  readonly handle: Handler = (_world, { method, url, headers, body }, response) => {
    const browser = url.pathname;
    if (method === "GET") return answerJson(response, 200, this.#taken.get(browser) ?? []);
    if (method === "PUT") {
      this.#next.set(browser, JSON.parse(body) as number[]);
      return answerJson(response, 200, { done: true });
    }
    const [, token, key] = /^vapid t=([\w-]+\.[\w-]+\.[\w-]+), k=([\w-]{87})$/.exec(headers.authorization ?? "") ?? [];
    if (!token || !key) return answerJson(response, 401, { error: "no VAPID" });
    if (typeof headers.ttl !== "string" || body !== "" || headers["content-encoding"]) return answerJson(response, 400, { error: "invalid" });
    const status = this.#next.get(browser)?.shift() ?? 201;
    if (status === 201) this.#taken.set(browser, [...(this.#taken.get(browser) ?? []), { token, key, ttl: headers.ttl, urgency: String(headers.urgency), topic: String(headers.topic) }]);
    response.writeHead(status).end();
  };
}
