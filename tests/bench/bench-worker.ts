import { Hono } from "hono";
// Left outside the bundle: the very file that would be deployed, of whichever part.
import part from "#worker/index.ts";

/** The rooms' part has classes beside its door. */
export * from "#worker/index.ts";

type Asked = { sql: string; values: unknown[] };
type Bindings = { DB: D1Database };

const WISH = "Bench-Record";

/** What each page asked of D1 when it was recorded. */
const recorded = new Map<string, Asked[]>();

/** The floor beneath the app, in the same workerd: bare Hono, one batch of the statements a page asks, the rows in a template string. */
const floor = new Hono<{ Bindings: Bindings }>();

floor.get("/bench/record", async (c) => {
  const path = c.req.query("path")!;
  const page = await record(new Request(new URL(path, c.req.url), c.req.raw), c.env, c.executionCtx as ExecutionContext);
  if (!page.ok) return new Response(`${path} answered ${page.status}`, { status: 500 });
  const asked = await page.json<Asked[]>();
  recorded.set(path, asked);
  return c.json(asked);
});

floor.get("/bench/floor", async (c) => {
  const answers = await c.env.DB.batch(recorded.get(c.req.query("path")!)!.map(({ sql, values }) => c.env.DB.prepare(sql).bind(...values)));
  return c.html(`<!doctype html><html lang="en"><head><title>Floor</title></head><body>${answers.map(({ results }) => `<table>${results.map((row) => `<tr>${Object.values(row as object).map((value) => `<td>${value}</td>`).join("")}</tr>`).join("")}</table>`).join("")}</body></html>`);
});

/** The least that deciding a request takes: one conditional UPDATE. Answers how many rows it found. */
floor.post("/bench/decide", async (c) => {
  const { meta } = await c.env.DB.prepare("UPDATE purchase_requests SET status = 'approved', decided_at = ?2, revision = revision + 1 WHERE id = ?1 AND status = 'pending'").bind(c.req.query("id")!, Date.now()).run();
  return c.json({ changes: meta.changes });
});

/** Answers with what the page asked in its place. Whichever part draws it does so: the front sends the wish with the request. */
async function record(request: Request, env: Bindings, execution: ExecutionContext): Promise<Response> {
  const asked: Asked[] = [];
  const wish = new Request(request, { headers: [...request.headers, [WISH, "yes"]] });
  const page = await part.fetch(wish, { ...env, DB: recorder(env.DB, asked) }, execution);
  return !page.ok || page.headers.has(WISH) ? page : Response.json(asked, { headers: { [WISH]: "granted" } });
}

function recorder(d1: D1Database, asked: Asked[]): D1Database {
  return new Proxy(d1, {
    get(target, key) {
      if (key !== "prepare") {
        const member = Reflect.get(target, key) as unknown;
        return typeof member === "function" ? member.bind(target) : member;
      }
      return (sql: string) => {
        const statement = target.prepare(sql);
        return Object.assign(Object.create(statement) as D1PreparedStatement, { bind: (...values: unknown[]) => (asked.push({ sql, values }), statement.bind(...values)) });
      };
    },
  });
}

export default {
  fetch(request, env, execution) {
    if (new URL(request.url).pathname.startsWith("/bench/")) return floor.fetch(request, env, execution);
    return request.headers.has(WISH) ? record(request, env, execution) : part.fetch(request, env, execution);
  },
} satisfies ExportedHandler<Bindings>;
