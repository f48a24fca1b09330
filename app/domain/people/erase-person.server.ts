import { commit } from "#db/client.ts";
import { emptyAccount, eraseFromAudit, eraseTraces, findErasable, findTraces, type ErasableRow } from "#db/erasure.ts";
import { broke } from "#db/errors.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { pseudonymOf } from "../audit/chain.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { planForgetting } from "../chat/forget-person.server.ts";
import { planJob } from "../jobs.server.ts";
import { requireStepUp } from "../policy.ts";
import { administeredSchools } from "../schools/rules.ts";

type Erasable = { userId: string; name: string; kind: "adult" | "child"; schoolId: string; receipts: number; /** Key of the catalogue's problems; null: nothing speaks against it. */ obstacle: string | null };

/** Whom the actor is about to erase, and what speaks against it. Throws not_found. */
export async function getErasable(ctx: AppContext, actor: Actor, userId: string): Promise<Erasable> {
  const row = await find(ctx, actor, userId);
  return { userId, name: row.name, kind: row.kind, schoolId: row.schoolId, receipts: row.receipts, obstacle: obstacleOf(actor, row) };
}

/**
 * Erases a person for good: identity and content go, the books stay with an id that names nobody, the audit log keeps a hashed id.
 * The name is typed to confirm. All in one batch. Throws not_found, invalid_input, conflict.
 */
export async function erasePerson(ctx: AppContext, actor: Actor, userId: string, confirmation: { name: string }): Promise<void> {
  requireStepUp(actor, ctx.clock.now());
  for (let attempt = 0; ; attempt++) {
    const row = await find(ctx, actor, userId);
    const obstacle = obstacleOf(actor, row);
    if (obstacle) throw new DomainError("conflict", obstacle);
    if (confirmation.name.trim().toLowerCase() !== row.name.trim().toLowerCase()) throw invalid("name", "erase_name_differs");
    try {
      await erase(ctx, actor, row);
      return;
    } catch (error) {
      // Somebody wrote about the person between the look and the act: look again.
      if (!broke(error, "NOT NULL users.status") || attempt === 2) throw error;
    }
  }
}

async function erase(ctx: AppContext, actor: Actor, row: ErasableRow): Promise<void> {
  const person = { ...row, now: ctx.clock.now() };
  const [found, hashed, forgetting] = await Promise.all([findTraces(ctx.db, person), pseudonymOf(row.id), planForgetting(ctx, row.id)]);
  const erasureId = ctx.ids.make("audit");
  const cards = JSON.parse(row.cards) as string[];
  const keys = [...(JSON.parse(row.files) as string[]), ...(row.avatarKey ? [row.avatarKey] : [])];
  const jobs = [...forgetting, ...cards.map((methodId) => planJob(ctx, "detach-card", { methodId })), ...(keys.length > 0 ? [planJob(ctx, "remove-files", { keys })] : [])];
  await commit(ctx.db, [
    emptyAccount(ctx.db, person, found),
    ...eraseTraces(ctx.db, person, found),
    record(ctx, actor, { id: erasureId, action: "person.erased", subjectId: hashed, schoolId: row.schoolId, details: { kind: row.kind } }),
    ...eraseFromAudit(ctx.db, row.id, hashed, erasureId),
    ...jobs.map((job) => job.write),
  ]);
  await ctx.jobs.ring(jobs.map((job) => job.id));
}

async function find(ctx: AppContext, actor: Actor, userId: string): Promise<ErasableRow> {
  const schools = administeredSchools(actor);
  if (schools.length === 0) throw new DomainError("forbidden");
  const row = await findErasable(ctx.db, schools.map((school) => school.schoolId), userId, ctx.clock.now());
  if (!row) throw notFound();
  return row;
}

function obstacleOf(actor: Actor, row: ErasableRow): string | null {
  if (row.id === actor.userId) return "erase_self";
  if (row.elsewhere) return "erase_elsewhere";
  if (row.ownsAlone) return "erase_last_owner";
  if (row.isOwner && !actor.memberships.some((held) => held.schoolId === row.schoolId && held.role === "school_owner")) return "erase_owner";
  if (row.lastGuardian) return "erase_last_guardian";
  if (row.primaryGuardian) return "erase_primary_guardian";
  return row.paymentOpen ? "erase_payment_open" : null;
}
