import type { Readable } from "node:stream";
import { readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { Miniflare, Response, type Request } from "miniflare";
import { vi } from "vitest";
import type { Bundle } from "#scripts/bundle.ts";
import { parts } from "#scripts/parts.ts";
import { deployedWorkers, PRODUCTION } from "#tests/deployed.ts";

type Mail = { to: string[]; text: string };

/** All parts in one workerd, with an empty database and a mail service that keeps what it is given. */
export async function openDeployed(bundle: Bundle) {
  const mails: Mail[] = [];
  const outboundService = async (request: Request) => {
    if (!request.url.startsWith(PRODUCTION.MAIL_API_URL)) return new Response(null, { status: 503 });
    mails.push((await request.json()) as Mail);
    return Response.json({ id: `mail_${mails.length}` });
  };
  const miniflare = new Miniflare({ workers: deployedWorkers(bundle, { outboundService }), handleRuntimeStdio: (out: Readable, err: Readable) => void (out.resume(), err.resume()) });
  const db = await miniflare.getD1Database("DB", parts.family.name);
  for (const { queries } of await readD1Migrations("migrations")) await db.batch(queries.map((query) => db.prepare(query)));
  return {
    /** As a browser of the family's asks the front door. */
    send(method: string, path: string, { cookie, form }: { cookie?: string; form?: Record<string, string> } = {}) {
      const headers = { "Sec-Fetch-Site": "same-origin", ...(cookie ? { Cookie: cookie } : {}) };
      return miniflare.dispatchFetch(new URL(path, PRODUCTION.ORIGIN), { method, headers, redirect: "manual", ...(form ? { body: new URLSearchParams(form) } : {}) });
    },
    /** A socket as a page of ours opens it, with what it hears. */
    async live(ticket: string) {
      const { status, webSocket } = await miniflare.dispatchFetch(new URL(`/live?ticket=${ticket}`, PRODUCTION.ORIGIN), { headers: { Upgrade: "websocket", Origin: PRODUCTION.ORIGIN } });
      if (!webSocket) throw new Error(`no socket: ${status}`);
      const frames: unknown[] = [];
      webSocket.addEventListener("message", ({ data }) => frames.push(JSON.parse(data as string)));
      webSocket.accept();
      return { socket: webSocket, frames };
    },
    mailTo: (address: string) => vi.waitFor(() => {
      const mail = mails.find(({ to }) => to.includes(address));
      if (!mail) throw new Error(`no mail to ${address}`);
      return mail.text;
    }, 10_000),
    cron: async (cron: string) => (await (await miniflare.getWorker(parts.jobs.name)).scheduled({ cron })).outcome,
    close: () => miniflare.dispose(),
  };
}
