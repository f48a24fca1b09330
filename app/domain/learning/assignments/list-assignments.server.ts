import { selectAssignmentsBy, selectAssignmentsFor, type AssignmentRow, type DueCursor } from "#db/assignments.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectPendingReviews } from "#db/submissions.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { readRule } from "../../consent/access.ts";
import { noteReading } from "../../consent/note-look.server.ts";
import { invalid } from "../../errors.ts";
import { pageOf, type Paging } from "../../paging.ts";
import { authorizeRead } from "../../policy.ts";
import { levelOf } from "../competencies.ts";
import type { Shown } from "./rules.ts";

/** What one gives as a teacher, the next due first, with how many wait for feedback. */
export async function listGiven(ctx: AppContext, actor: Actor, { status, limit, cursor }: Paging & { status?: AssignmentRow["status"] | undefined }) {
  const found = await selectAssignmentsBy(ctx.db, actor.userId, readRule("assessments"), { status, after: dueCursor(cursor), limit: limit + 1 }, ctx.clock.now());
  return pageOf(found, limit, ({ dueAt, id }) => `${dueAt}:${id}`);
}

/** What a student has to do, has handed in or has feedback on; for a guardian and others of theirs by the child's consents. */
export async function listReceived(ctx: AppContext, actor: Actor, studentId: string, { shown, limit, cursor }: Paging & { shown: Shown }) {
  const now = ctx.clock.now();
  const at = { shown, after: dueCursor(cursor), limit: limit + 1 };
  const [[row], found] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectAssignmentsFor(ctx.db, studentId, { ...at, readerId: actor.userId, rule: readRule("assessments") }, now)]);
  const access = accessOf(row, actor, now);
  const capacity = authorizeRead(actor, access, "assessments");
  noteReading(ctx, actor, studentId, capacity, "assessments");
  const { items, nextCursor } = pageOf(found, limit, ({ dueAt, id }) => `${dueAt}:${id}`);
  const atHome = access!.capacities.some(({ as }) => as === "self" || as === "guardian" || as === "tutor");
  return { student: { id: studentId, name: row!.name }, atHome, items: items.map(({ level, ...item }) => ({ ...item, level: level === null ? null : levelOf(level) })), nextCursor };
}

/** What waits for one's feedback, the longest wait first. */
export async function listPendingReviews(ctx: AppContext, actor: Actor, { limit, cursor }: Paging) {
  const after = dueCursor(cursor);
  const found = await selectPendingReviews(ctx.db, actor.userId, readRule("assessments"), { after: after && { at: after.dueAt, id: after.id }, limit: limit + 1 }, ctx.clock.now());
  return pageOf(found.map(({ text: _text, ...row }) => row), limit, ({ submittedAt, id }) => `${submittedAt}:${id}`);
}

function dueCursor(cursor: string | undefined): DueCursor | undefined {
  if (cursor === undefined) return undefined;
  const [, dueAt, id] = /^(\d{1,16}):(\w+)$/.exec(cursor) ?? [];
  if (id === undefined) throw invalid("cursor", "invalid");
  return { dueAt: Number(dueAt), id };
}
