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
import { hashPassword, verifyPassword } from "./password-hash.server.ts";
import { requireAdult } from "./require-adult.ts";
import { requireGoodPassword } from "./require-good-password.server.ts";

/** A new password, for who shows the present one or has just confirmed who they are. Every other session ends. */
export async function changePassword(ctx: AppContext, actor: Actor, input: ChangePasswordInput): Promise<void> {
  requireAdult(actor);
  const shown = input.currentPassword === undefined ? (requireStepUp(actor, ctx.clock.now()), []) : await showPassword(ctx, actor, input.currentPassword);
  await requireGoodPassword(ctx, input.password, actor);
  const told = announceChange(ctx, actor, "password_changed");
  await commit(ctx.db, [...shown, putPassword(ctx.db, actor.userId, await hashPassword(input.password), ctx.clock.now()), deleteSessions(ctx.db, actor.userId, actor.session.id), ...told.writes]);
  await ctx.jobs.ring(told.jobIds);
}

async function showPassword(ctx: AppContext, actor: Actor, password: string): Promise<Write[]> {
  const proof = limitedTry(ctx, LIMITS.stepUp, actor.userId);
  const [counted, [own]] = await ctx.db.batch([proof.count, selectOwnCredential(ctx.db, actor.userId, actor.session.id)]);
  proof.permit(counted);
  if (!(await verifyPassword(password, own?.hash ?? null))) throw new DomainError("unauthenticated", "wrong_password", { fields: [{ path: "currentPassword", message: "wrong_password" }] });
  return [proof.giveBack];
}
