import { countPupils, selectClassesOf, selectPupils } from "#db/pupils.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { readRule } from "../consent/access.ts";
import { asPupil } from "./list-students.server.ts";

/** Works at a school with students: has a home of their own unless they look after children too. */
export const teachesSomewhere = (actor: Pick<Actor, "memberships">) => actor.memberships.some(({ role }) => role === "teacher" || role === "tutor");
export const worksAtSchool = (actor: Pick<Actor, "memberships">) => actor.memberships.some(({ role }) => role === "teacher" || role === "tutor" || role === "school_staff");

const SHOWN = 8;

/** A teacher's, tutor's or other staff's schools, classes and first students: one batch, however many there are. */
export async function getTeacherHome(ctx: AppContext, actor: Actor) {
  const now = ctx.clock.now();
  const [pupils, [counted], classes] = await ctx.db.batch([
    selectPupils(ctx.db, actor.userId, readRule("media"), { terms: [], limit: SHOWN }, now), countPupils(ctx.db, actor.userId, now), selectClassesOf(ctx.db, actor.userId),
  ]);
  const schools = [...new Map(actor.memberships.map(({ schoolId, schoolName }) => [schoolId, schoolName])).values()];
  return { schools, teaches: teachesSomewhere(actor), pupils: pupils.map(asPupil), count: counted?.count ?? 0, classes };
}
export type TeacherHome = Awaited<ReturnType<typeof getTeacherHome>>;
