import { countLooks } from "#db/access-log.ts";
import { selectPeopleToExport, type ExportedPerson } from "#db/roster-export.ts";
import { selectRosterGuardians, selectSchool } from "#db/rosters.ts";
import { selectRosterClasses, selectRosterEnrolments, selectRosterSubjects, selectSourcedIds, selectTerms, type ClassRow, type EnrolmentRow, type SubjectRow, type TermRow } from "#db/teaching-roster.ts";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { record } from "../../audit.server.ts";
import { HOUR } from "../../clock.ts";
import { readRule } from "../../consent/access.ts";
import { authorize } from "../../policy.ts";
import { writeZip } from "../../zip.ts";
import { isInForce } from "../teaching/rules.ts";
import { writeOneRoster, type Rostered } from "./write-oneroster.ts";

const LOOKS_A_STATEMENT = 10;

/** The school's roster as a OneRoster 1.2 zip, with what its children's families let the school see. Written down as an act, and as a look at each child. */
export async function exportOneRoster(ctx: AppContext, actor: Actor, schoolId: string): Promise<Uint8Array<ArrayBuffer>> {
  authorize(actor, "school:administer", schoolId);
  const { db } = ctx;
  const now = ctx.clock.now();
  const [people, guardians, [school], subjects, classes, terms, enrolments, sourced] = await db.batch([
    selectPeopleToExport(db, schoolId, actor.userId, { profile: readRule("profile"), contact: readRule("contact") }, now),
    selectRosterGuardians(db, schoolId), selectSchool(db, schoolId), selectRosterSubjects(db, schoolId), selectRosterClasses(db, schoolId), selectTerms(db, schoolId), selectRosterEnrolments(db, schoolId), selectSourcedIds(db, schoolId),
    record(ctx, actor, { action: "roster.exported", subjectId: schoolId, schoolId, details: { format: "oneroster-1.2" } }) as never,
  ]) as unknown as [ExportedPerson[], { guardianId: string; childId: string }[], { schoolName: string; timeZone: string }[], SubjectRow[], ClassRow[], TermRow[], EnrolmentRow[], Rostered["sourced"]];
  noteLooks(ctx, actor, schoolId, people.filter(({ kind }) => kind === "child"), now);
  const roster: Rostered = { schoolId, school: school!, now, people, guardians, subjects, classes, terms, enrolments: enrolments.filter((row) => isInForce(row, now)), sourced };
  return writeZip(writeOneRoster(roster));
}

function noteLooks(ctx: AppContext, actor: Actor, schoolId: string, children: ExportedPerson[], now: number): void {
  const looks = children.flatMap(({ id, showsProfile, showsContact }) => [...(showsProfile ? ["profile" as const] : []), ...(showsContact ? ["contact" as const] : [])].map((dataType) =>
    ({ childId: id, viewerId: actor.userId, dataType, hourStartsAt: now - (now % HOUR), capacity: "school_administration", schoolId, lastAt: now })));
  const statements = Array.from({ length: Math.ceil(looks.length / LOOKS_A_STATEMENT) }, (_, at) => countLooks(ctx.db, looks.slice(at * LOOKS_A_STATEMENT, (at + 1) * LOOKS_A_STATEMENT)));
  const [first, ...rest] = statements;
  if (first) ctx.afterAnswer(() => ctx.db.batch([first, ...rest]).catch((error: unknown) => ctx.log("look.not_noted", { error: String(error) })));
}
