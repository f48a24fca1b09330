import type { Write } from "#db/client.ts";
import { bumpRulesOf } from "#db/decisions.ts";
import { putTutorAssignments } from "#db/enrolments.ts";
import { insertJobs } from "#db/operation.ts";
import { addGuardianships, putRoles, putRosterPeople, putStudentProfiles } from "#db/rosters.ts";
import type { AppContext } from "../../../context.ts";
import { recordAll, type Act } from "../../audit.server.ts";
import type { JobKind, JobPayloads } from "../../jobs.server.ts";
import { notifyEach } from "../../notifications/notify.server.ts";
import type { Importing } from "../imports/importer.server.ts";
import type { Person, RosterRole } from "./people.ts";

/** What the rows of one chunk do, gathered so that each table is written by one statement. */
export class Changes {
  readonly people = new Map<string, Person>();
  readonly roles: { userId: string; role: RosterRole; active: boolean }[] = [];
  readonly guardianships: { guardianId: string; childId: string; isPrimary: boolean }[] = [];
  readonly tutoring: { tutorId: string; studentId: string }[] = [];
  readonly acts: Act[] = [];
  /** New accounts whose owners get a link to choose a password. */
  readonly newcomers: string[] = [];
  /** Child -> who is told that there is another guardian now. */
  readonly circles = new Map<string, { name: string; told: Set<string> }>();

  /** Once a file, however many guardians it gives the child. */
  tell({ id, name }: Person, guardianIds: string[]): void {
    const circle = this.circles.get(id) ?? this.circles.set(id, { name, told: new Set() }).get(id)!;
    for (const guardianId of guardianIds) circle.told.add(guardianId);
  }

  writes(ctx: AppContext, { importId, schoolId, startedBy, starterName }: Importing, timeZone: string): { writes: Write[]; jobIds: string[] } {
    const { db } = ctx;
    const now = ctx.clock.now();
    const people = [...this.people.values()];
    const students = people.filter(({ roles }) => roles.has("student"));
    const mails = this.newcomers.map((userId) => ({ id: ctx.ids.make("job"), kind: "mail-set-up" satisfies JobKind, payload: { userId } satisfies JobPayloads["mail-set-up"], availableAt: now, createdAt: now }));
    const news = notifyEach(ctx, [...this.circles].flatMap(([childId, { name, told }]) => [...told].filter((userId) => userId !== startedBy).map((userId) => ({
      type: "guardianship.changed" as const, userId, facts: { child: name, by: starterName }, path: "/family/people", cause: `${importId}.${childId}.circle`, severity: "attention" as const, childId,
    }))));
    const writes = [
      ...putRosterPeople(db, people.map(({ id, kind, name, email, username, phone, birthDate, level }) => ({ id, kind, name, email, username, phone, birthDate, level, locale: "en", timeZone, createdAt: now }))),
      ...putRoles(db, this.roles.map(({ userId, role, active }) => ({ id: ctx.ids.make("mem"), userId, schoolId, role, active, createdAt: now }))),
      ...putStudentProfiles(db, students.map(({ id, number, goal }) => ({ schoolId, studentId: id, number, goal }))),
      ...addGuardianships(db, this.guardianships.map(({ guardianId, childId, isPrimary }) => ({
        id: ctx.ids.make("gua"), guardianId, childId, relationship: "guardian", canApprovePurchases: isPrimary, canScheduleLessons: isPrimary, canViewProgress: true, canTalkWithTeachers: true,
        contactPriority: isPrimary ? 1 : 2, isPrimary, startsAt: now, active: true, createdAt: now,
      }))),
      bumpRulesOf(db, [...new Set(this.guardianships.map(({ childId }) => childId))]),
      ...putTutorAssignments(db, this.tutoring.map(({ tutorId, studentId }) => ({ schoolId, tutorId, studentId, startsAt: now, endsAt: null }))),
      ...recordAll(ctx, { userId: startedBy }, this.acts.map((act) => ({ ...act, schoolId, details: { ...act.details, importId } }))),
      ...insertJobs(db, mails),
      ...news.writes,
    ];
    return { writes, jobIds: [...mails.map(({ id }) => id), ...news.jobIds] };
  }
}
