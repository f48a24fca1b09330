import { putPassword } from "#db/accounts.ts";
import { commit, type Write } from "#db/client.ts";
import { selectOwnCredential } from "#db/credentials.ts";
import { deleteSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError } from "../errors.ts";
import { requireStepUp } from "../policy.ts";
import { announceChange } from "./announce-change.server.ts";
import type { ChangePasswordInput } from "./inputs.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { isSecretOf } from "./one-time-secret.server.ts";
import { hashPassword } from "./password-hash.server.ts";
import { requireAdult } from "./require-adult.ts";
import { requireGoodSecret } from "./require-good-password.server.ts";

/**
 * A new password, for who shows the present one, has just confirmed who they are, or came in by a one-time secret, which opens nothing
 * else. Every other session ends. A child chooses its own PIN only in place of a one-time one.
 */
export async function changePassword(ctx: AppContext, actor: Actor, input: ChangePasswordInput): Promise<void> {
  const shown = actor.mustChangePassword ? [] : await showWhoItIs(ctx, actor, input.currentPassword);
  if (actor.mustChangePassword) await requireAnother(ctx, actor, input.password);
  await requireGoodSecret(ctx, input.password, actor);
  const told = announceChange(ctx, actor, "password_changed");
  const kept = { kind: actor.kind === "child" ? "pin" : "password", hash: await hashPassword(input.password), changedAt: ctx.clock.now() } as const;
  await commit(ctx.db, [...shown, putPassword(ctx.db, actor.userId, kept), deleteSessions(ctx.db, actor.userId, actor.session.id), ...told.writes]);
  await ctx.jobs.ring(told.jobIds);
}

async function showWhoItIs(ctx: AppContext, actor: Actor, password: string | undefined): Promise<Write[]> {
  requireAdult(actor);
  if (password !== undefined) return showPassword(ctx, actor, password);
  requireStepUp(actor, ctx.clock.now());
  return [];
}

async function showPassword(ctx: AppContext, actor: Actor, password: string): Promise<Write[]> {
  const proof = limitedTry(ctx, LIMITS.stepUp, actor.userId);
  const [counted, [own]] = await ctx.db.batch([proof.count, selectOwnCredential(ctx.db, actor.userId, actor.session.id)]);
  proof.permit(counted);
  if (!(await isSecretOf(ctx, own, password))) throw new DomainError("unauthenticated", "wrong_password", { fields: [{ path: "currentPassword", message: "wrong_password" }] });
  return [proof.giveBack];
}

/** The secret on the slip of paper does not become the own one. */
async function requireAnother(ctx: AppContext, actor: Actor, password: string): Promise<void> {
  const [own] = await selectOwnCredential(ctx.db, actor.userId, actor.session.id);
  if (await isSecretOf(ctx, own, password)) throw new DomainError("invalid_input", "invalid_input", { fields: [{ path: "password", message: "password_is_old" }] });
}
