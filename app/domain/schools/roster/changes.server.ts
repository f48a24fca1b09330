import type { Write } from "#db/client.ts";
import { bumpRulesOf } from "#db/decisions.ts";
import { putTutorAssignments } from "#db/enrolments.ts";
import { insertJobs } from "#db/operation.ts";
import { addGuardianships, putRoles, putRosterPeople, putStudentProfiles } from "#db/rosters.ts";
import { widenInvitation } from "#db/school-invitations.ts";
import type { AppContext } from "../../../context.ts";
import { recordAll, type Act } from "../../audit.server.ts";
import type { JobKind, JobPayloads } from "../../jobs.server.ts";
import { notifyEach } from "../../notifications/notify.server.ts";
import type { Importing } from "../imports/importer.server.ts";
import { RowProblem, type Person, type RosterRole } from "./people.ts";
import { planInvitations, type Asked } from "./plan-invitations.server.ts";
import type { Roster } from "./roster.server.ts";

/** What the rows of one chunk do, gathered so that each table is written by one statement. */
export class Changes {
  readonly people = new Map<string, Person>();
  readonly roles: { userId: string; role: RosterRole; active: boolean }[] = [];
  readonly guardianships: { guardianId: string; childId: string; isPrimary: boolean }[] = [];
  readonly tutoring: { tutorId: string; studentId: string }[] = [];
  readonly acts: Act[] = [];
  /** New accounts whose owners get a link to choose a password. */
  readonly newcomers: string[] = [];
  readonly asked = new Map<string, Asked>();
  readonly widened: Asked[] = [];

  /** Asks somebody with an account elsewhere to come to the school, or to guard further students of it. Once, however often files name them; answers whether it is news. */
  ask({ asked }: Roster, one: Omit<Asked, "familyIds"> & { familyIds?: string[] }): boolean {
    const { email, studentIds, familyIds = [] } = one;
    const known = asked.get(email);
    if (!known) {
      asked.set(email, { open: true, child: one.roles.includes("student"), studentIds: new Set(studentIds) });
      this.asked.set(email, { ...one, familyIds });
      return true;
    }
    // One address is a pupil's or an adult's, as it would be of people at the school.
    if (known.child !== one.roles.includes("student")) throw new RowProblem("person_other_role");
    const fresh = known.open ? studentIds.filter((id) => !known.studentIds.has(id)) : [];
    if (fresh.length === 0) return false;
    for (const id of fresh) known.studentIds.add(id);
    const waiting = this.asked.get(email);
    if (waiting) this.asked.set(email, { ...waiting, studentIds: [...waiting.studentIds, ...fresh], familyIds: [...waiting.familyIds, ...familyIds] });
    else this.widened.push({ ...one, studentIds: fresh, familyIds });
    return true;
  }

  /** Child -> who is told that there is another guardian now. */
  readonly circles = new Map<string, { name: string; told: Set<string> }>();

  /** Once a file, however many guardians it gives the child. */
  tell({ id, name }: Person, guardianIds: string[]): void {
    const circle = this.circles.get(id) ?? this.circles.set(id, { name, told: new Set() }).get(id)!;
    for (const guardianId of guardianIds) circle.told.add(guardianId);
  }

  async writes(ctx: AppContext, importing: Importing, timeZone: string): Promise<{ writes: Write[]; jobIds: string[] }> {
    const { db } = ctx;
    const { importId, schoolId, startedBy, starterName } = importing;
    const now = ctx.clock.now();
    const people = [...this.people.values()];
    const students = people.filter(({ roles }) => roles.has("student"));
    const mails = this.newcomers.map((userId) => ({ id: ctx.ids.make("job"), kind: "mail-set-up" satisfies JobKind, payload: { userId } satisfies JobPayloads["mail-set-up"], availableAt: now, createdAt: now }));
    const news = notifyEach(ctx, [...this.circles].flatMap(([childId, { name, told }]) => [...told].filter((userId) => userId !== startedBy).map((userId) => ({
      type: "guardianship.changed" as const, userId, facts: { child: name, by: starterName }, path: "/family/people", cause: `${importId}.${childId}.circle`, severity: "attention" as const, childId,
    }))));
    const invited = await planInvitations(ctx, importing, [...this.asked.values()]);
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
      ...invited.writes,
      ...this.widened.map((one) => widenInvitation(db, schoolId, one)),
      ...news.writes,
    ];
    return { writes, jobIds: [...mails.map(({ id }) => id), ...invited.jobIds, ...news.jobIds] };
  }
}
