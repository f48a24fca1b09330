import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { cancelRecovery as cancel, findRecovery, type Recovery } from "#db/recoveries.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, notFound } from "../errors.ts";
import { base64urlOf } from "./base64url.ts";

const signatureOf = async (ctx: AppContext, id: string) => base64urlOf(new TextEncoder().encode(await ctx.vault.digest(`cancel-recovery:${id}`)));

/** By which whoever reads the owner's mail calls a recovery off; signed with the server's key, stored nowhere. */
export const cancelLink = async (ctx: AppContext, id: string) => `${ctx.settings.origin}/recover/cancel/${id}.${await signatureOf(ctx, id)}`;

/** The recovery of such a link; null for a link that is made up. */
export async function findByCancelLink(ctx: AppContext, token: string): Promise<Recovery | null> {
  const [id, signature] = token.split(".") as [string, string?];
  return signature === (await signatureOf(ctx, id)) ? findRecovery(ctx.db, id) : null;
}

export async function cancelByLink(ctx: AppContext, token: string): Promise<void> {
  const recovery = await findByCancelLink(ctx, token);
  if (!recovery) throw notFound();
  await callOff(ctx, null, recovery);
}

/** Calls off a recovery of one's own account. Twice is once. */
export async function cancelRecovery(ctx: AppContext, actor: Actor, id: string): Promise<void> {
  const recovery = await findRecovery(ctx.db, id);
  if (recovery?.userId !== actor.userId) throw notFound();
  await callOff(ctx, actor, recovery);
}

async function callOff(ctx: AppContext, actor: Actor | null, recovery: Recovery): Promise<void> {
  if (recovery.status === "cancelled" || recovery.status === "expired") return;
  try {
    await commit(ctx.db, [cancel(ctx.db, recovery.id), record(ctx, actor, { action: "recovery.cancelled", subjectId: recovery.userId, details: { recoveryId: recovery.id, byLink: actor === null } })]);
  } catch (error) {
    if (!broke(error, "NOT NULL recoveries.status")) throw error;
    const state = (await findRecovery(ctx.db, recovery.id))?.status;
    if (state !== "cancelled") throw new DomainError("conflict", "recovery_over", { extra: { state } });
  }
}
