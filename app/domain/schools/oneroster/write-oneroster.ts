import { localDate } from "../../clock.ts";
import { neutralised, writeExactCsv } from "../../csv.ts";
import { ROSTER_ROLES } from "../roster/people.ts";
import { COLUMNS, CUSTOM_NAME, FILES, GATHERS, GOAL, gradeOf, NO_SUBJECT, NO_TERM, OWN_CLASS, ROLE_TO, TERM_WORDS, TUTOR, UNUSED_FILES, type FileName } from "./vocabulary.ts";

type Person = {
  id: string; kind: "adult" | "child"; name: string; email: string | null; username: string | null; phone: string | null; birthDate: string | null; level: string | null; number: string | null; goal: string | null;
  roles: string[]; showsProfile: boolean; showsContact: boolean;
};
type Class = { id: string; name: string; level: string | null; subjectId: string | null; teacherId: string | null; termId: string | null; active: boolean };
type Enrolment = { id: string; studentId: string; subjectId: string; teacherId: string; tutorId: string | null; classId: string | null; customName: string | null; startsAt: number; endsAt: number | null };
type SourcedKind = "org" | "user" | "course" | "class" | "enrolment" | "term" | "family";
export type Rostered = {
  schoolId: string; school: { schoolName: string; timeZone: string }; now: number;
  people: Person[]; guardians: { guardianId: string; childId: string }[];
  subjects: { id: string; name: string; code: string | null; active: boolean }[]; classes: Class[]; enrolments: Enrolment[];
  terms: { id: string; name: string; kind: keyof typeof TERM_WORDS; parentId: string | null; startsOn: string; endsOn: string }[];
  sourced: { kind: SourcedKind; sourcedId: string; targetId: string }[];
};
type Row = Record<string, string>;

/** The files of a bulk export, complete in themselves: no row names what is not in the zip. Words are neutralised for spreadsheets, and read back as they were. */
export function writeOneRoster(roster: Rostered): [name: string, text: string][] {
  const sourced = new Map(roster.sourced.toReversed().map(({ kind, sourcedId, targetId }) => [`${kind} ${targetId}`, sourcedId]));
  const idOf = (kind: SourcedKind, id: string) => sourced.get(`${kind} ${id}`) ?? id;
  const files = rowsOf(roster, idOf);
  // A file without rows is not supplied, and the manifest says so.
  const [filled, empty] = [FILES.filter((name) => files[name].length > 0), FILES.filter((name) => files[name].length === 0)];
  const table = (name: FileName): [string, string] => [`${name}.csv`, writeExactCsv([COLUMNS[name], ...files[name].toSorted((a, b) => (a.sourcedId! < b.sourcedId! ? -1 : 1)).map((row) => COLUMNS[name].map((column) => row[column] ?? ""))])];
  const modes = [...filled.map((name) => [`file.${name}`, "bulk"]), ...[...empty, ...UNUSED_FILES].map((name) => [`file.${name}`, "absent"])].toSorted(([a], [b]) => (a! < b! ? -1 : 1));
  const manifest = [["propertyName", "value"], ["manifest.version", "1.0"], ["oneroster.version", "1.2"], ...modes, ["source.systemName", "Kinboard"], ["source.systemCode", "kinboard"]];
  return [["manifest.csv", writeExactCsv(manifest)], ...filled.map(table)];
}

function rowsOf({ schoolId, school, now, people, guardians, subjects, classes, terms, enrolments, sourced: _sourced }: Rostered, idOf: (kind: SourcedKind, id: string) => string): Record<FileName, Row[]> {
  const org = idOf("org", schoolId);
  const day = (instant: number | null) => (instant === null ? "" : localDate(instant, school.timeZone).toString());
  const rolesOf = (person: Person) => ROSTER_ROLES.filter((role) => person.roles.includes(role));
  const known = people.filter((person) => rolesOf(person).length > 0);
  const holds = new Map(known.map((person) => [person.id, new Set<string>(rolesOf(person))]));
  const is = (id: string | null, role: string) => id !== null && (holds.get(id)?.has(role) ?? false);
  const going = enrolments.filter((row) => is(row.studentId, "student") && is(row.teacherId, "teacher"));
  const contactable = new Set(known.filter((person) => person.showsContact).map(({ id }) => id));
  const agentsOf = Map.groupBy(guardians.filter(({ guardianId, childId }) => is(guardianId, "parent") && contactable.has(childId)), ({ childId }) => childId);
  const used = new Set([...going.map((row) => row.subjectId), ...classes.map((row) => row.subjectId)]);
  const gatherings = new Map<string, Row>();
  const leaders: Row[] = [];
  const lead = (classSourcedId: string, teacherId: string) => leaders.push({ sourcedId: `${classSourcedId}.teacher`, classSourcedId, schoolSourcedId: org, userSourcedId: idOf("user", teacherId), role: "teacher", primary: "true" });
  const own = new Map(classes.filter((row) => row.active || going.some((one) => one.classId === row.id)).map((row) => [row.id, row]));
  const year = day(now).slice(0, 4);

  const students = going.map((row): Row => {
    const inClass = row.classId === null ? undefined : own.get(row.classId);
    const plain = inClass?.subjectId === row.subjectId && inClass.teacherId === row.teacherId;
    const [ownId, courseId] = [row.classId === null ? "" : idOf("class", row.classId), idOf("course", row.subjectId)];
    const classSourcedId = plain ? ownId : `${ownId || "none"}.${courseId}.${idOf("user", row.teacherId)}`;
    if (!plain && !gatherings.has(classSourcedId)) {
      const subject = subjects.find(({ id }) => id === row.subjectId)!;
      gatherings.set(classSourcedId, { sourcedId: classSourcedId, title: neutralised(subject.name), courseSourcedId: courseId, classType: "scheduled", schoolSourcedId: org, termSourcedIds: NO_TERM, [GATHERS]: "true" });
      lead(classSourcedId, row.teacherId);
    }
    return {
      sourcedId: idOf("enrolment", row.id), classSourcedId, schoolSourcedId: org, userSourcedId: idOf("user", row.studentId), role: "student", primary: "false", beginDate: day(row.startsAt), endDate: day(row.endsAt),
      [OWN_CLASS]: plain ? "" : ownId, [TUTOR]: is(row.tutorId, "tutor") ? idOf("user", row.tutorId!) : "", [CUSTOM_NAME]: neutralised(row.customName ?? ""),
    };
  });
  const ownClasses = [...own.values()].map((row): Row => {
    const sourcedId = idOf("class", row.id);
    if (is(row.teacherId, "teacher")) lead(sourcedId, row.teacherId!);
    return {
      sourcedId, title: neutralised(row.name), grades: gradeOf(row.level), courseSourcedId: row.subjectId === null ? NO_SUBJECT : idOf("course", row.subjectId), classType: row.subjectId === null ? "homeroom" : "scheduled",
      schoolSourcedId: org, termSourcedIds: row.termId === null ? NO_TERM : idOf("term", row.termId),
    };
  });
  const inClasses = [...ownClasses, ...gatherings.values()];
  const named = (column: string, row: Row) => (inClasses.some((one) => one[column] === row.sourcedId) ? [row] : []);
  return {
    orgs: [{ sourcedId: org, name: neutralised(school.schoolName), type: "school" }],
    academicSessions: [
      ...named("termSourcedIds", { sourcedId: NO_TERM, title: "No term", type: "schoolYear", startDate: `${year}-01-01`, endDate: `${year}-12-31`, schoolYear: year }),
      ...terms.map((term): Row => ({ sourcedId: idOf("term", term.id), title: neutralised(term.name), type: TERM_WORDS[term.kind], startDate: term.startsOn, endDate: term.endsOn, parentSourcedId: term.parentId === null ? "" : idOf("term", term.parentId), schoolYear: term.endsOn.slice(0, 4) })),
    ],
    courses: [
      ...named("courseSourcedId", { sourcedId: NO_SUBJECT, title: "No subject", orgSourcedId: org }),
      ...subjects.filter(({ id, active }) => active || used.has(id)).map(({ id, name, code }): Row => ({ sourcedId: idOf("course", id), title: neutralised(name), courseCode: neutralised(code ?? ""), orgSourcedId: org })),
    ],
    users: known.map((person): Row => {
      const [, given, family] = /^(.*\S)\s+(\S+)$/.exec(person.name) ?? [null, person.name, "-"];
      return {
        sourcedId: idOf("user", person.id), enabledUser: "true", username: person.username ?? person.email!, givenName: neutralised(given!), familyName: neutralised(family!), grades: gradeOf(person.level), primaryOrgSourcedId: org,
        agentSourcedIds: (agentsOf.get(person.id) ?? []).map(({ guardianId }) => idOf("user", guardianId)).toSorted().join(","),
        ...(person.showsContact ? { email: person.email ?? "", sms: person.phone ?? "" } : {}), ...(person.showsProfile ? { identifier: neutralised(person.number ?? ""), [GOAL]: neutralised(person.goal ?? "") } : {}),
      };
    }),
    roles: known.flatMap((person) => rolesOf(person).map((role, at): Row => ({ sourcedId: `${idOf("user", person.id)}.${role}`, userSourcedId: idOf("user", person.id), roleType: at === 0 ? "primary" : "secondary", role: ROLE_TO[role], orgSourcedId: org }))),
    demographics: known.filter(({ birthDate, showsProfile }) => birthDate !== null && showsProfile).map(({ id, birthDate }): Row => ({ sourcedId: idOf("user", id), birthDate: birthDate! })),
    classes: inClasses,
    enrollments: [...leaders, ...students],
  };
}
