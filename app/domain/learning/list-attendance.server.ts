import { selectAttendance, type AttendanceRow } from "#db/attendance.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { readRule } from "../consent/access.ts";
import { byId, pageOf, type Paging } from "../paging.ts";
import { authorizeRead } from "../policy.ts";
import { noteShown } from "./read-written.server.ts";

export type { AttendanceRow };

/** When the student was there, at school days and lessons, the latest first. The look is written down. */
export async function listAttendance(ctx: AppContext, actor: Actor, studentId: string, { limit, cursor }: Paging) {
  const now = ctx.clock.now();
  const [[row], found] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectAttendance(ctx.db, actor.userId, studentId, readRule("attendance"), { before: cursor, limit: limit + 1 }, now)]);
  const access = accessOf(row, actor, now);
  authorizeRead(actor, access, "attendance");
  const { items, nextCursor } = pageOf(found, limit, byId);
  noteShown(ctx, actor, access!, "attendance", items.map(({ schoolId }) => schoolId));
  return { student: { id: studentId, name: row!.name }, items, nextCursor };
}
