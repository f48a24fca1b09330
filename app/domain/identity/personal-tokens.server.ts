import { commit } from "#db/client.ts";
import { deletePersonalToken, insertSession, selectPersonalTokens } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DAY } from "../clock.ts";
import { DomainError, notFound } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { announceChange } from "./announce-change.server.ts";
import type { NewTokenInput } from "./inputs.ts";
import { requireAdult } from "./require-adult.ts";
import { isScope, type Scope } from "./scopes.ts";
import { hashToken } from "./sessions.ts";

const MOST = 20;

export type PersonalToken = { id: string; name: string; scopes: Scope[]; createdAt: number; expiresAt: number; lastUsedAt: number | null };

/** The actor's tokens for programs, newest first. */
export async function listTokens(ctx: AppContext, actor: Actor): Promise<PersonalToken[]> {
  const rows = await selectPersonalTokens(ctx.db, actor.userId, ctx.clock.now());
  return rows.map(({ name, scopes, lastSeenAt, ...row }) => ({ ...row, name: name!, scopes: scopes!.filter(isScope), lastUsedAt: lastSeenAt === row.createdAt ? null : lastSeenAt }));
}

/** A token for a program, shown this once. It may do what its scopes say, as far as its owner may, and never what needs a confirmation of identity. */
export async function makeToken(ctx: AppContext, actor: Actor, { name, scopes, expiresInDays }: NewTokenInput): Promise<PersonalToken & { token: string }> {
  requireAdult(actor);
  const now = ctx.clock.now();
  requireStepUp(actor, now);
  if ((await selectPersonalTokens(ctx.db, actor.userId, now)).length >= MOST) throw new DomainError("conflict", "too_many_tokens");
  const [id, token] = [ctx.ids.make("ptok"), ctx.ids.secret()];
  const made = { id, name, scopes: [...new Set(scopes)], createdAt: now, expiresAt: now + expiresInDays * DAY };
  const told = announceChange(ctx, actor, "token_made", id);
  await commit(ctx.db, [insertSession(ctx.db, { ...made, userId: actor.userId, kind: "personal", tokenHash: await hashToken(token), lastSeenAt: now, address: ctx.visit.address, userAgent: ctx.visit.userAgent }), ...told.writes]);
  await ctx.jobs.ring(told.jobIds);
  return { ...made, lastUsedAt: null, token };
}

/** Ends a token of one's own. */
export async function revokeToken(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  if (!(await listTokens(ctx, actor)).some((token) => token.id === id)) throw notFound();
  await commit(ctx.db, [deletePersonalToken(ctx.db, actor.userId, id), record(ctx, actor, { action: "security.token_revoked", subjectId: id })]);
}
