import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectTaught } from "#db/teaching.ts";
import { selectOneWritten, selectWritten, studentOf, type WrittenKind, type WrittenRow } from "#db/written.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { readRule, type ChildAccess } from "../consent/access.ts";
import { noteReading } from "../consent/note-look.server.ts";
import type { DataType } from "../consent/rules.ts";
import { notFound } from "../errors.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { authorizeRead } from "../policy.ts";
import { levelOf } from "./competencies.ts";
import { kinds } from "./written-kinds.ts";


/** Points as the level they stand for. */
export const asWritten = ({ points, competencies, ...row }: WrittenRow) =>
  ({ ...row, level: points === null ? null : levelOf(points), competencies: competencies.map(({ competency, points: shown }) => ({ competency, level: levelOf(shown) })) });
export type Written = ReturnType<typeof asWritten>;

/** What teachers wrote of a student, as far as the reader may see it, with the subjects in which the reader teaches them. The look is written down. */
export async function listWritten(ctx: AppContext, actor: Actor, kind: WrittenKind, studentId: string, { limit, cursor }: Paging) {
  const now = ctx.clock.now();
  const rule = readRule(kinds[kind].dataType);
  const [[row], found, taught] = await ctx.db.batch([
    selectChildAccess(ctx.db, actor, studentId, now), selectWritten(ctx.db, kind, actor.userId, studentId, rule, { before: cursor, limit: limit + 1 }, now), selectTaught(ctx.db, actor.userId, { studentId }, now),
  ]);
  const access = accessOf(row, actor, now);
  authorizeRead(actor, access, rule.dataType);
  const { items, nextCursor } = pageOf(found, limit, byId);
  noteShown(ctx, actor, access!, rule.dataType, items.map(({ schoolId }) => schoolId));
  return { student: { id: studentId, name: row!.name }, items: items.map(asWritten), nextCursor, taught: subjectsOf(taught) };
}

/** One of them. What is for others does not exist here. */
export async function readWritten(ctx: AppContext, actor: Actor, kind: WrittenKind, id: string) {
  const now = ctx.clock.now();
  const rule = readRule(kinds[kind].dataType);
  const [[found], [row], taught] = await ctx.db.batch([
    selectOneWritten(ctx.db, kind, actor.userId, id, rule, now), selectChildAccess(ctx.db, actor, studentOf(kind, id), now), selectTaught(ctx.db, actor.userId, { studentId: studentOf(kind, id) }, now),
  ]);
  if (!found) throw notFound(row && actor.restrictedFrom.includes(row.childId) ? row.childId : undefined);
  const access = accessOf(row, actor, now);
  authorizeRead(actor, access, rule.dataType);
  noteShown(ctx, actor, access!, rule.dataType, [found.schoolId]);
  const { mine, ...written } = found;
  return { ...asWritten(written), mine: mine && actor.viewedBy === null, taught: subjectsOf(taught.filter((one) => one.schoolId === found.schoolId)) };
}

/** A look at rows of these schools, in the capacity that opened them. */
export function noteShown(ctx: AppContext, actor: Actor, access: ChildAccess, dataType: DataType, schoolIds: string[]): void {
  if (schoolIds.length === 0) return;
  const capacity = authorizeRead(actor, access, dataType);
  noteReading(ctx, actor, access.childId, capacity, dataType);
}

/** Each subject once. */
const subjectsOf = (taught: { subjectId: string; subject: string }[]) => [...new Map(taught.map(({ subjectId, subject }) => [subjectId, { id: subjectId, name: subject }])).values()];
