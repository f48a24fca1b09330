import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { changeGuardianships, insertMerge, readPair, takeSteps, type Pair } from "#db/merges.ts";
import { deleteSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { planCarrying } from "../chat/carry-pointers.server.ts";
import { DAY } from "../clock.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize, requireStepUp } from "../policy.ts";
import { planMergedGuardianships } from "./plan-merged-guardianships.ts";

/** How long a merge can be undone; the end is exclusive. */
export const UNDO_WINDOW = 7 * DAY;

type Someone = { id: string; name: string; kind: "adult" | "child"; signIn: string | null; level: string | null; createdAt: number };
export type MergePreview = {
  kept: Someone;
  gone: Someone;
  /** Key of the catalogue's problems; null: nothing speaks against it. */
  obstacle: string | null;
  /** Rows by table: what moves over, and what both have, of which the kept account's stays. */
  moving: { table: string; count: number }[];
  colliding: { table: string; count: number }[];
};

/** What merging the two would do. Nothing is written. Throws not_found for who is not of the school. */
export async function previewMerge(ctx: AppContext, actor: Actor, pair: Pair): Promise<MergePreview> {
  const { facts, kept, gone, obstacle } = await look(ctx, actor, pair);
  const guardianships = planMergedGuardianships(facts.guardianships, pair.keptId, pair.goneId, ctx.clock.now());
  const byTable = (steps: typeof facts.steps, extra: number) => {
    const sums = new Map<string, number>(extra > 0 ? [["guardianships", extra]] : []);
    for (const { table, count } of steps) sums.set(table, (sums.get(table) ?? 0) + count);
    return [...sums].map(([table, count]) => ({ table, count }));
  };
  return {
    kept, gone, obstacle,
    moving: byTable(facts.steps.filter(({ how, collision }) => how === "move" && !collision), guardianships.moved.length),
    colliding: byTable(facts.steps.filter(({ collision }) => collision), guardianships.ended.length),
  };
}

/**
 * Two accounts of one person become one: what the account that goes has, moves; its sign-in stops at once. Money stays where it was booked, and
 * is read together. Every row moved is written down for undoing. Throws not_found, conflict.
 */
export async function mergePeople(ctx: AppContext, actor: Actor, pair: Pair): Promise<{ id: string; at: number }> {
  for (let attempt = 0; ; attempt++) {
    const { facts, gone, obstacle } = await look(ctx, actor, pair);
    requireStepUp(actor, ctx.clock.now());
    if (obstacle) throw new DomainError("conflict", obstacle);
    const now = ctx.clock.now();
    const id = ctx.ids.make("merge");
    const found = facts.steps.map(({ at }) => at);
    const { ended, widened, moved } = planMergedGuardianships(facts.guardianships, pair.keptId, pair.goneId, now);
    const guardianships = changeGuardianships(ctx.db, [ended, widened, moved]);
    const carrying = planCarrying(ctx, pair);
    try {
      await commit(ctx.db, [
        insertMerge(ctx.db, pair, { id, mergedBy: actor.userId, now, undoUntil: now + UNDO_WINDOW }, found, { snapshot: facts.snapshot, moved: guardianships.moved }),
        ...guardianships.writes,
        ...takeSteps(ctx.db, pair, found, now),
        deleteSessions(ctx.db, pair.goneId),
        carrying.write,
        record(ctx, actor, { action: "person.merged", subjectId: pair.keptId, schoolId: pair.schoolId, ...(gone.kind === "child" ? { childId: pair.keptId } : {}), details: { mergeId: id, goneId: pair.goneId } }),
      ]);
      await ctx.jobs.ring([carrying.jobId]);
      return { id, at: now };
    } catch (error) {
      // Something about one of the two was written between the look and the act: look again.
      if (!broke(error, "NOT NULL merges.created_at") || attempt === 2) throw error;
    }
  }
}

async function look(ctx: AppContext, actor: Actor, pair: Pair) {
  authorize(actor, "school:administer", pair.schoolId);
  const facts = await readPair(ctx.db, pair, ctx.clock.now());
  const someone = (id: string) => {
    const person = facts.people.find((one) => one.id === id);
    if (!person || actor.restrictedFrom.includes(id)) throw notFound();
    return person;
  };
  const [kept, gone] = [someone(pair.keptId), someone(pair.goneId)];
  const owns = actor.memberships.some((held) => held.schoolId === pair.schoolId && held.role === "school_owner");
  const reasons = { merge_itself: pair.keptId === pair.goneId, merge_yourself: [pair.keptId, pair.goneId].includes(actor.userId), merge_owner: !owns && (kept.isOwner === 1 || gone.isOwner === 1) };
  const obstacle = Object.entries({ ...reasons, ...Object.fromEntries(Object.entries(facts.obstacles).map(([name, there]) => [`merge_${name}`, there === 1])) }).find(([, there]) => there)?.[0] ?? null;
  const shown = ({ id, name, kind, email, username, level, createdAt }: typeof kept): Someone => ({ id, name, kind, signIn: kind === "adult" ? email : username, level, createdAt });
  return { facts, kept: shown(kept), gone: shown(gone), obstacle };
}
