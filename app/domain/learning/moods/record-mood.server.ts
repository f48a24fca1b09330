import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { commit } from "#db/client.ts";
import { findMood, putMood, updateMood, type MoodEntry } from "#db/moods.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { localDate } from "../../clock.ts";
import { DomainError, notFound } from "../../errors.ts";
import { authorize, authorizeRead } from "../../policy.ts";
import type { ChangeMoodInput, RecordMoodInput } from "./inputs.ts";
import { whyFixed } from "./rules.ts";

/** Says how the child feels today, where the child is. Each says it once a day; saying it again replaces one's own word. */
export async function recordMood(ctx: AppContext, actor: Actor, { studentId, ...said }: RecordMoodInput): Promise<MoodEntry> {
  authorize(actor, "mood:record", studentId);
  const now = ctx.clock.now();
  const [row] = await selectChildAccess(ctx.db, actor, studentId, now);
  authorizeRead(actor, accessOf(row, actor, now), "mood");
  const onDate = localDate(now, row!.timeZone);
  const entry = { id: ctx.ids.make("mood"), studentId, onDate, ...said, recordedBy: actor.userId, at: now };
  const kept = (await ctx.db.batch([putMood(ctx.db, entry).returning(), recordAct(ctx, actor, entry, "recorded")]))[0][0]!;
  return { ...kept, recorder: actor.name };
}

/** Puts one's own word of today right. */
export async function changeMood(ctx: AppContext, actor: Actor, id: string, change: ChangeMoodInput): Promise<MoodEntry> {
  const entry = await findMood(ctx.db, id);
  if (!entry) throw notFound();
  authorize(actor, "mood:record", entry.studentId);
  const { timeZone, ...before } = entry;
  const reason = whyFixed(before, actor.userId, localDate(ctx.clock.now(), timeZone));
  if (reason) throw new DomainError(reason === "mood_not_yours" ? "forbidden" : "conflict", reason);
  if (Object.keys(change).length > 0) await commit(ctx.db, [updateMood(ctx.db, before, change), recordAct(ctx, actor, before, "changed")]);
  return { ...before, ...change };
}

/** How somebody feels stays out of the audit log. */
const recordAct = (ctx: AppContext, actor: Actor, { id, studentId }: { id: string; studentId: string }, what: "recorded" | "changed") =>
  record(ctx, actor, { action: `mood.${what}`, subjectId: id, childId: studentId });
