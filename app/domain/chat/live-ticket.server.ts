import { timingSafeEqual } from "node:crypto";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { base64urlOf, bytesOf } from "../identity/base64url.ts";
import type { Vault } from "../identity/vault.ts";

/** Long enough to open a socket with. */
const LIFE = 30_000;

/** Lets a page open one socket, once. A browser sends no header of ours with a socket, and an address is written down in many places: so it is no token of a session. */
export type Ticket = { userId: string; sessionId: string; nonce: string; expiresAt: number };

const signed = (vault: Vault, text: string) => vault.digest(`live:${text}`);

export async function issueTicket(ctx: AppContext, actor: Actor): Promise<{ ticket: string; expiresAt: number }> {
  const ticket: Ticket = { userId: actor.userId, sessionId: actor.session.id, nonce: ctx.ids.make("tick"), expiresAt: ctx.clock.now() + LIFE };
  const text = base64urlOf(new TextEncoder().encode(JSON.stringify(ticket)));
  return { ticket: `${text}.${base64urlOf(bytesOf(await signed(ctx.vault, text)))}`, expiresAt: ticket.expiresAt };
}

/** Null for one that we never gave, or that has run out. That it was used before its inbox knows. */
export async function readTicket(vault: Vault, shown: string, now: number): Promise<Ticket | null> {
  const [text, signature] = shown.split(".");
  if (!text || !signature || !/^[\w-]+$/.test(signature)) return null;
  const [given, right] = [new TextEncoder().encode(signature), new TextEncoder().encode(base64urlOf(bytesOf(await signed(vault, text))))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const ticket = JSON.parse(new TextDecoder().decode(bytesOf(text))) as Ticket;
  return now < ticket.expiresAt ? ticket : null;
}
