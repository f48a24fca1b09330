import { endMailedSecrets } from "#db/accounts.ts";
import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { updateManaged } from "#db/people.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { handOver } from "../identity/hand-over.server.ts";
import { requireStepUp } from "../policy.ts";
import type { Way } from "./inputs.ts";
import { authorizeOver, requirePerson } from "./require-person.server.ts";

/**
 * A new way in for who lost theirs: a one-time credential, answered here once, or a mailed link. The old one and every session end with it.
 * Only for an account that the school answers for; anybody else asks for a link themselves.
 */
export async function resetSignIn(ctx: AppContext, actor: Actor, schoolId: string, userId: string, way: Way): Promise<{ signInName: string; secret: string | null }> {
  const person = await requirePerson(ctx, actor, schoolId, userId);
  if (userId === actor.userId) throw new DomainError("conflict", "own_account");
  authorizeOver(actor, schoolId, person);
  requireStepUp(actor, ctx.clock.now());
  if (!person.managed) throw new DomainError("conflict", "not_managed");
  if (way === "link" && person.email === null) throw invalid("way", "email_for_link");
  const handed = await handOver(ctx, { id: userId, kind: person.kind, email: person.email }, way);
  try {
    await commit(ctx.db, [
      // First, so that an account which is no longer the school's aborts before anything of it is touched.
      updateManaged(ctx.db, schoolId, userId, {}),
      endMailedSecrets(ctx.db, userId, ctx.clock.now()),
      ...handed.writes,
      record(ctx, actor, { action: "person.sign_in_reset", subjectId: userId, schoolId, ...(person.kind === "child" ? { childId: userId } : {}), details: { way } }),
    ]);
  } catch (error) {
    throw broke(error, "NOT NULL users.name") ? new DomainError("conflict", "not_managed") : error;
  }
  await ctx.jobs.ring(handed.jobIds);
  return { signInName: (person.username ?? person.email)!, secret: handed.secret };
}
