import { send } from "./world.ts";

/** A browser without JavaScript, as far as the Worker can tell: keeps cookies, posts forms, says where it comes from. */
export class Visitor {
  cookies = new Map<string, string>();
  headers: Record<string, string>;

  constructor(headers: Record<string, string> = {}) {
    this.headers = headers;
  }

  get(path: string): Promise<Response> {
    return this.#ask("GET", path);
  }

  post(path: string, fields: Record<string, string> | [string, string][]): Promise<Response> {
    return this.#ask("POST", path, new URLSearchParams(fields));
  }

  /** What a browser does on 307: the same form again, elsewhere. */
  async follow(answer: Response, fields: Record<string, string> | [string, string][]): Promise<Response> {
    const to = answer.headers.get("Location") ?? "";
    return answer.status === 307 ? this.post(to, fields) : this.get(to);
  }

  async signIn(identifier: string, password: string): Promise<Response> {
    return this.post("/sign-in", { identifier, password });
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async #ask(method: string, path: string, form?: URLSearchParams): Promise<Response> {
    const headers: Record<string, string> = { ...this.headers, "Sec-Fetch-Site": "same-origin" };
    if (this.cookies.size) headers.Cookie = this.cookie;
    if (form) headers["Content-Type"] = "application/x-www-form-urlencoded";
    const answer = await send(method, path, { headers, ...(form ? { text: form.toString() } : {}) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && value) this.cookies.set(name, value);
      else if (name) this.cookies.delete(name);
    }
    return answer;
  }
}

/** The fields of the page's first form that posts to `action` (or of its first form), as a browser would send them back. */
export function fieldsOf(html: string, action?: string): [string, string][] {
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
  const form = action ? forms.find((found) => found[1]!.includes(`action="${action}"`)) : forms[0];
  const plain = (text: string) => text.replace(/&quot;/g, '"').replace(/&#x27;/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  return [...(form?.[2] ?? "").matchAll(/<input\b([^>]*)>/g)].flatMap(([, attributes = ""]) => {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const name = of("name");
    return name ? [[plain(name), plain(of("value") ?? "")] as [string, string]] : [];
  });
}
