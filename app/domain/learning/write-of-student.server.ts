import { accessOf, selectChildAccess, selectReadersAtHome } from "#db/child-access.ts";
import { commit } from "#db/client.ts";
import { withdrawNotifications } from "#db/notifications.ts";
import { selectTaught } from "#db/teaching.ts";
import { insertWritten, putEvidence, selectOneWritten, studentOf, updateWritten, type NewWritten, type Shown, type Visibility, type WrittenKind } from "#db/written.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { localDate } from "../clock.ts";
import { readRule } from "../consent/access.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { notify } from "../notifications/notify.server.ts";
import { authorizeRead } from "../policy.ts";
import { circleOf, kinds, newlyShown, placeOf } from "./written-kinds.ts";
import type { WrittenInput } from "./written-inputs.ts";

export type { NewWritten, Shown, Visibility };

/** An observation, an assessment or a note by who teaches the student (the subject, where it names one). Those who may see it are told. Answers its id. */
export function addWritten<K extends WrittenKind>(ctx: AppContext, actor: Actor, kind: K, studentId: string, input: WrittenInput[K], repeat: Repeat | null = null): Promise<string> {
  return once(ctx, actor.userId, repeat, async () => {
    const now = ctx.clock.now();
    const { dataType, prefix, columns, shows, subjectId } = kinds[kind];
    const [taught, [row], guardians] = await ctx.db.batch([
      selectTaught(ctx.db, actor.userId, { studentId, subjectId: subjectId(input) ?? undefined }, now), selectChildAccess(ctx.db, actor, studentId, now), selectReadersAtHome(ctx.db, studentId, readRule(dataType), now),
    ]);
    const [by] = taught;
    if (!by) throw notFound(actor.restrictedFrom.includes(studentId) ? studentId : undefined);
    authorizeRead(actor, accessOf(row, actor, now), dataType);
    requirePast(ctx, actor, input);
    const id = ctx.ids.make(prefix);
    const news = shown(ctx, actor, kind, { id, studentId, name: by.student, subject: by.subject }, newlyShown(null, input.visibility, { guardians: guardians.map((one) => one.guardianId), studentId }));
    await commit(ctx.db, [
      insertWritten(ctx.db, kind, { id, studentId, schoolId: by.schoolId, authorId: actor.userId, createdAt: now, ...columns(input) } as NewWritten[K]),
      ...evidence(ctx, kind, id, shows(input)),
      record(ctx, actor, { action: `${kind}.added`, subjectId: id, childId: studentId, schoolId: by.schoolId, details: detailsOf(input) }),
      ...news.writes, ...claimRepeat(ctx, actor.userId, repeat, id),
    ]);
    await ctx.jobs.ring(news.jobIds);
    return id;
  });
}

/** One's own, anew. Its evidence follows; who comes to see it by this is told, and who no longer does has no word of it left. */
export async function changeWritten<K extends WrittenKind>(ctx: AppContext, actor: Actor, kind: K, id: string, input: WrittenInput[K]): Promise<void> {
  const { found, guardians, subjects } = await loadOwn(ctx, actor, kind, id);
  const { columns, shows, subjectId } = kinds[kind];
  const chosen = subjectId(input);
  if (chosen !== null && chosen !== found.subjectId && !subjects.includes(chosen)) throw invalid("subjectId", "not_your_subject");
  requirePast(ctx, actor, input);
  const atHome = { guardians, studentId: found.studentId };
  const news = shown(ctx, actor, kind, { id, studentId: found.studentId, name: found.student, subject: found.subject }, newlyShown(found.visibility, input.visibility, atHome));
  await commit(ctx.db, [
    updateWritten(ctx.db, kind, id, { ...columns(input), changedAt: ctx.clock.now() } as Partial<NewWritten[K]>),
    ...evidence(ctx, kind, id, shows(input)),
    record(ctx, actor, { action: `${kind}.changed`, subjectId: id, childId: found.studentId, schoolId: found.schoolId, details: { before: { visibility: found.visibility, on: found.on, points: found.points, competencies: found.competencies }, after: detailsOf(input) } }),
    ...withdrawNotifications(ctx.db, causeOf(id), found.studentId, circleOf(input.visibility, atHome)), ...news.writes,
  ]);
  await ctx.jobs.ring(news.jobIds);
}

/** Takes one's own back: nobody sees it any more, no notice leads to it, and nothing speaks for a competency by it. */
export async function removeWritten(ctx: AppContext, actor: Actor, kind: WrittenKind, id: string): Promise<{ studentId: string }> {
  const { found } = await loadOwn(ctx, actor, kind, id);
  await commit(ctx.db, [
    updateWritten(ctx.db, kind, id, { removedAt: ctx.clock.now() }),
    ...evidence(ctx, kind, id, []),
    record(ctx, actor, { action: `${kind}.removed`, subjectId: id, childId: found.studentId, schoolId: found.schoolId, details: { visibility: found.visibility, on: found.on } }),
    ...withdrawNotifications(ctx.db, causeOf(id), found.studentId),
  ]);
  return { studentId: found.studentId };
}

async function loadOwn(ctx: AppContext, actor: Actor, kind: WrittenKind, id: string) {
  const now = ctx.clock.now();
  const rule = readRule(kinds[kind].dataType);
  const [[found], [row], guardians, taught] = await ctx.db.batch([
    selectOneWritten(ctx.db, kind, actor.userId, id, rule, now), selectChildAccess(ctx.db, actor, studentOf(kind, id), now), selectReadersAtHome(ctx.db, studentOf(kind, id), rule, now), selectTaught(ctx.db, actor.userId, { studentId: studentOf(kind, id) }, now),
  ]);
  if (!found) throw notFound(row && actor.restrictedFrom.includes(row.childId) ? row.childId : undefined);
  authorizeRead(actor, accessOf(row, actor, now), rule.dataType);
  if (!found.mine) throw new DomainError("forbidden", "not_your_words");
  return { found, guardians: guardians.map((one) => one.guardianId), subjects: taught.filter((one) => one.schoolId === found.schoolId).map((one) => one.subjectId) };
}

const evidence = (ctx: AppContext, kind: WrittenKind, id: string, shows: Shown[]) => (kind === "note" ? [] : putEvidence(ctx.db, kind, id, shows.map((one) => ({ id: ctx.ids.make("ev"), ...one }))));

const causeOf = (id: string) => `${id}.shown`;
const NEWS = { observation: "observation.added", assessment: "assessment.added", note: "note.added" } as const;

function shown(ctx: AppContext, actor: Actor, kind: WrittenKind, about: { id: string; studentId: string; name: string; subject: string | null }, userIds: string[]) {
  return notify(ctx, userIds.filter((userId) => userId !== actor.userId), {
    type: NEWS[kind], facts: { child: about.name, by: actor.name }, path: `/${placeOf[kind]}/${about.id}`, cause: causeOf(about.id), childId: about.studentId,
  });
}

/** What was seen was seen by now, where the writer is. */
function requirePast(ctx: AppContext, actor: Actor, input: { on?: string; visibility: Visibility }): void {
  if (input.on !== undefined && input.on > localDate(ctx.clock.now(), actor.timeZone)) throw invalid("on", "date_ahead");
}

/** Choices, not words: the log outlives what was taken back. */
function detailsOf(input: WrittenInput[WrittenKind]): Record<string, unknown> {
  const { visibility, ...rest } = input;
  return { visibility, ...("on" in rest ? { on: rest.on, competencies: rest.competencies } : {}), ...("level" in rest ? { level: rest.level } : {}) };
}
