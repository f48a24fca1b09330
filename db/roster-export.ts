import { and, eq, sql } from "drizzle-orm";
import type { ReadRule } from "#app/domain/consent/access.ts";
import type { Role } from "#app/domain/actor.ts";
import { mayKnow, mayRead } from "./child-access.ts";
import type { Db } from "./client.ts";
import { users } from "./schema/identity.ts";
import { memberships, studentProfiles } from "./schema/schools.ts";

/** Active people of the school as this reader may know them: of children whom they are kept from nothing at all, of the others what their families let the school see. */
export const selectPeopleToExport = (db: Db, schoolId: string, readerId: string, { profile, contact }: { profile: ReadRule; contact: ReadRule }, now: number) => {
  const id = sql`users.id`;
  const open = (rule: ReadRule, name: string) => sql<boolean>`(users.kind = 'adult' OR ${mayRead(readerId, id, rule, now)})`.mapWith(Boolean).as(name);
  return db.select({
    id: users.id, kind: users.kind, name: users.name, email: users.email, username: users.username, phone: users.phone, birthDate: users.birthDate, level: users.level,
    number: studentProfiles.number, goal: studentProfiles.goal, showsProfile: open(profile, "shows_profile"), showsContact: open(contact, "shows_contact"),
    roles: sql<Role[]>`json_group_array(${memberships.role} ORDER BY ${memberships.role})`.mapWith((text: string) => JSON.parse(text) as Role[]).as("roles"),
  }).from(memberships).innerJoin(users, and(eq(users.id, memberships.userId), eq(users.status, "active")))
    .leftJoin(studentProfiles, and(eq(studentProfiles.schoolId, memberships.schoolId), eq(studentProfiles.studentId, users.id)))
    .where(and(eq(memberships.schoolId, schoolId), eq(memberships.active, true), sql`(users.kind = 'adult' OR ${mayKnow(readerId, id, now)})`)).groupBy(users.id);
};
export type ExportedPerson = Awaited<ReturnType<typeof selectPeopleToExport>>[number];
