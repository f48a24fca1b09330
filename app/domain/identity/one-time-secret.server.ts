import { timingSafeEqual } from "node:crypto";
import type { AppContext } from "../../context.ts";
import { DAY } from "../clock.ts";
import { bytesOf } from "./base64url.ts";
import { verifyPassword } from "./password-hash.server.ts";
import { pinFrom } from "./pins.ts";

/** Long enough for a slip of paper to find its way through a school. */
const LIFE = 14 * DAY;
const PREFIX = "once";
/** No letter that is read as another or as a figure. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** What a person is handed to come in with the first time: nearly 60 random bits, or six figures for a child. */
export function newOneTimeSecret(ctx: AppContext, kind: "adult" | "child"): string {
  if (kind === "child") return pinFrom(ctx.ids.digits);
  const letters = [...bytesOf(ctx.ids.secret())].filter((byte) => byte < 248).slice(0, 12).map((byte) => ALPHABET[byte % ALPHABET.length]);
  return letters.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/**
 * How it is kept: `once$expiresAt$digest`. Not by scrypt, which would take a school of a thousand two minutes: a digest under the server's key
 * withstands guessing from a copy of the database, and the secret is random and gone within two weeks.
 */
export async function hashOneTimeSecret(ctx: AppContext, userId: string, secret: string): Promise<string> {
  return `${PREFIX}$${ctx.clock.now() + LIFE}$${await digestOf(ctx, userId, secret)}`;
}

/** Whether this is the person's password, PIN or one-time secret. Takes the same work for each of them, and for nobody. */
export async function isSecretOf(ctx: AppContext, owner: { userId: string; hash: string | null } | null | undefined, typed: string): Promise<boolean> {
  const [prefix, expiresAt, digest] = owner?.hash?.split("$") ?? [];
  const right = await verifyPassword(typed, prefix === PREFIX ? null : (owner?.hash ?? null));
  const digested = await digestOf(ctx, owner?.userId ?? "", typed);
  if (prefix !== PREFIX || digest === undefined) return right;
  const [given, kept] = [digested, digest].map((text) => new TextEncoder().encode(text)) as [Uint8Array, Uint8Array];
  return ctx.clock.now() < Number(expiresAt) && given.length === kept.length && timingSafeEqual(given, kept);
}

const digestOf = (ctx: AppContext, userId: string, secret: string) => ctx.vault.digest(`one-time:${userId}:${secret.toLowerCase().replace(/[\s-]/g, "")}`);
