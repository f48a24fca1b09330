import { commit } from "#db/client.ts";
import { putPachca, selectPachca } from "#db/integrations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { authorize } from "../policy.ts";
import type { SetPachcaInput } from "./inputs.ts";
import { testMessage } from "./words.ts";

/** What is set; the token never leaves again. */
export async function readPachca(ctx: AppContext, actor: Actor, schoolId: string) {
  authorize(actor, "school:administer", schoolId);
  const [row] = await selectPachca(ctx.db, schoolId);
  return row ? { channelId: row.channelId, active: row.active, problem: row.problem, updatedAt: row.updatedAt } : null;
}

/** Sets channel and token, and turns the notices on; a token left out stays as it is. */
export async function setPachca(ctx: AppContext, actor: Actor, schoolId: string, { token, channelId }: SetPachcaInput): Promise<void> {
  authorize(actor, "school:administer", schoolId);
  const [before] = await selectPachca(ctx.db, schoolId);
  const sealedToken = token === undefined ? before?.sealedToken : await ctx.vault.seal(token);
  if (sealedToken === undefined) throw invalid("token", "missing");
  await commit(ctx.db, [
    putPachca(ctx.db, { schoolId, sealedToken, channelId, active: true, problem: null, changedBy: actor.userId, updatedAt: ctx.clock.now() }),
    record(ctx, actor, { action: "integration.set", subjectId: schoolId, schoolId, details: { kind: "pachca", channelId, token: token !== undefined } }),
  ]);
}

export async function stopPachca(ctx: AppContext, actor: Actor, schoolId: string): Promise<void> {
  const [before] = await loaded(ctx, actor, schoolId);
  await commit(ctx.db, [
    putPachca(ctx.db, { ...before!, active: false, changedBy: actor.userId, updatedAt: ctx.clock.now() }),
    record(ctx, actor, { action: "integration.stopped", subjectId: schoolId, schoolId, details: { kind: "pachca" } }),
  ]);
}

/** Posts a line into the channel now, and says what came of it. */
export async function testPachca(ctx: AppContext, actor: Actor, schoolId: string): Promise<void> {
  const [row] = await loaded(ctx, actor, schoolId);
  const answer = await ctx.pachca.post({ token: await ctx.vault.open(row!.sealedToken), channelId: row!.channelId, content: testMessage() });
  await commit(ctx.db, [record(ctx, actor, { action: "integration.tested", subjectId: schoolId, schoolId, details: { kind: "pachca", taken: answer.taken } })]);
  if (!answer.taken) throw new DomainError("conflict", answer.again === "later" ? "pachca_busy" : "pachca_refused");
}

async function loaded(ctx: AppContext, actor: Actor, schoolId: string) {
  authorize(actor, "school:administer", schoolId);
  const found = await selectPachca(ctx.db, schoolId);
  if (found.length === 0) throw new DomainError("conflict", "pachca_not_set");
  return found;
}
