import { readTicket } from "#app/domain/chat/live-ticket.server.ts";
import { parseEnv } from "./env.ts";
import { problem } from "./http/problem.ts";
import { aesVault } from "./providers/vault.ts";

export const isLive = (request: Request) => new URL(request.url).pathname === "/live";

/** The door of sockets. What comes without a good ticket is turned away here, without asking anybody; with one it goes to its person's inbox. */
export async function openLive(request: Request, raw: object): Promise<Response> {
  const env = parseEnv(raw);
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") return problem(426, "upgrade_required");
  // A browser sends it with every socket and lets no page choose it.
  if (request.headers.get("Origin") !== env.ORIGIN) return problem(403, "forbidden", { detail: "This request did not come from our own pages." });
  const ticket = await readTicket(aesVault(env.VAULT_KEY), new URL(request.url).searchParams.get("ticket") ?? "", Date.now());
  if (!ticket) return problem(401, "unauthenticated");
  const inbox = env.INBOXES.get(env.INBOXES.idFromName(ticket.userId));
  return inbox.fetch(new Request(request.url, { headers: { "Upgrade": "websocket", "Kinboard-Ticket": JSON.stringify(ticket) } }));
}
