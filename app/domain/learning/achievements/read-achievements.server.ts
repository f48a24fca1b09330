import { selectAchievements, type ToldAchievement } from "#db/achievements.ts";
import { accessOf, selectChildAccess } from "#db/child-access.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { readRule } from "../../consent/access.ts";
import { DomainError } from "../../errors.ts";
import { pageOf, type Paging } from "../../paging.ts";
import { can, canRead } from "../../policy.ts";
import { openChild } from "../open-child.server.ts";
import { givingSchools } from "./give-achievement.server.ts";
import { standingOf } from "./rules.ts";

/** What a student was given, newest first, and what this reader may do about it. */
export async function readAchievements(ctx: AppContext, actor: Actor, studentId: string, { cursor, limit }: Paging) {
  const now = ctx.clock.now();
  const [[row], found] = await ctx.db.batch([selectChildAccess(ctx.db, actor, studentId, now), selectAchievements(ctx.db, actor.userId, studentId, readRule("progress"), { before: cursor, limit: limit + 1 }, now)]);
  const child = openChild(ctx, actor, row, "progress");
  const schools = givingSchools(actor, accessOf(row, actor, now));
  const mayLink = can(actor, "consent:set", studentId);
  const family = child.as === "self" || child.as === "guardian";
  const { items, nextCursor } = pageOf(found, limit, ({ achievement }) => achievement.id);
  return { child, items: items.map((told) => itemOf(told, { now, actor, schools, family })), mayGive: schools.length > 0, mayLink, nextCursor };
}
type AchievementsPage = Awaited<ReturnType<typeof readAchievements>>;
export type AchievementItem = AchievementsPage["items"][number];

type Reader = { now: number; actor: Actor; schools: { id: string }[]; /** The link is the family's to pass on. */ family: boolean };

function itemOf({ achievement, school, giver }: ToldAchievement, { now, actor, schools, family }: Reader) {
  const { id, kind, title, description, criteria, issuedAt, expiresAt, revokedAt, revokedBecause, linkCode, schoolId, issuedBy } = achievement;
  const administers = actor.memberships.some((held) => held.schoolId === schoolId && (held.role === "school_admin" || held.role === "school_owner"));
  return {
    id, kind, title, description, criteria, issuedAt, expiresAt, revokedAt, revokedBecause, school, giver, standing: standingOf(achievement, now), linkCode: family ? linkCode : null,
    mayRevoke: revokedAt === null && schools.some((each) => each.id === schoolId) && (issuedBy === actor.userId || administers),
  };
}

/** For the form by which something is given: the student, and the schools in whose name. */
export async function loadGiving(ctx: AppContext, actor: Actor, studentId: string) {
  const now = ctx.clock.now();
  const [row] = await selectChildAccess(ctx.db, actor, studentId, now);
  const access = accessOf(row, actor, now);
  const schools = givingSchools(actor, access);
  if (schools.length === 0) throw new DomainError("forbidden");
  return { id: studentId, name: row!.name, schools, mayRead: canRead(actor, access, "progress") };
}
