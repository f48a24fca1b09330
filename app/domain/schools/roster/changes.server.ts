import { addMany, putMany } from "#db/bulk.ts";
import type { Write } from "#db/client.ts";
import { bumpRulesOf } from "#db/decisions.ts";
import { insertJobs } from "#db/operation.ts";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { memberships, studentProfiles, tutorAssignments } from "#db/schema/schools.ts";
import type { AppContext } from "../../../context.ts";
import { recordAll, type Act } from "../../audit.server.ts";
import type { JobKind, JobPayloads } from "../../jobs.server.ts";
import type { Importing } from "../imports/importer.ts";
import type { Person, RosterRole } from "./people.ts";

/** What the rows of one chunk do, gathered so that each table is written by one statement. */
export class Changes {
  readonly people = new Map<string, Person>();
  readonly roles: { userId: string; role: RosterRole; active: boolean }[] = [];
  readonly guardianships: { guardianId: string; childId: string; isPrimary: boolean }[] = [];
  readonly tutoring: { tutorId: string; studentId: string; ends: boolean }[] = [];
  readonly acts: Act[] = [];
  /** New accounts whose owners get a link to choose a password. */
  readonly newcomers: string[] = [];

  writes(ctx: AppContext, { importId, schoolId, startedBy }: Importing, timeZone: string): { writes: Write[]; jobIds: string[] } {
    const { db } = ctx;
    const now = ctx.clock.now();
    const people = [...this.people.values()];
    const students = people.filter(({ roles }) => roles.has("student"));
    const jobRows = this.newcomers.map((userId) => ({ id: ctx.ids.make("job"), kind: "mail-set-up" satisfies JobKind, payload: { userId } satisfies JobPayloads["mail-set-up"], availableAt: now, createdAt: now }));
    const writes = [
      ...putMany(db, users, ["id"], ["name", "email", "username", "phone", "birthDate", "level"], people.map(({ id, kind, name, email, username, phone, birthDate, level }) => ({
        id, kind, name, email, username, phone, birthDate, level, locale: "en", timeZone, homeSchoolId: schoolId, status: "active" as const, createdAt: now,
      }))),
      ...putMany(db, memberships, ["userId", "schoolId", "role"], ["active"], this.roles.map(({ userId, role, active }) => ({ id: ctx.ids.make("mem"), userId, schoolId, role, active, createdAt: now }))),
      ...putMany(db, studentProfiles, ["schoolId", "studentId"], ["number", "goal"], students.map(({ id, number, goal }) => ({ schoolId, studentId: id, number, goal }))),
      ...addMany(db, guardianships, this.guardianships.map(({ guardianId, childId, isPrimary }) => ({
        id: ctx.ids.make("gua"), guardianId, childId, relationship: "guardian" as const, canApprovePurchases: isPrimary, canScheduleLessons: isPrimary, canViewProgress: true, canTalkWithTeachers: true,
        contactPriority: isPrimary ? 1 : 2, isPrimary, startsAt: now, active: true, createdAt: now,
      }))),
      bumpRulesOf(db, [...new Set(this.guardianships.map(({ childId }) => childId))]),
      ...putMany(db, tutorAssignments, ["schoolId", "tutorId", "studentId"], ["endsAt"], this.tutoring.map(({ tutorId, studentId, ends }) => ({ schoolId, tutorId, studentId, startsAt: now, endsAt: ends ? now : null }))),
      ...recordAll(ctx, { userId: startedBy }, this.acts.map((act) => ({ ...act, schoolId, details: { ...act.details, importId } }))),
      ...insertJobs(db, jobRows),
    ];
    return { writes, jobIds: jobRows.map(({ id }) => id) };
  }
}
