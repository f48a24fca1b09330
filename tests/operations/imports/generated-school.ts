import fc from "fast-check";
import { DAY } from "#app/domain/clock.ts";
import type { RosterRole } from "#app/domain/schools/roster/people.ts";
import type { Write } from "#db/client.ts";
import { users } from "#db/schema/identity.ts";
import { guardianships } from "#db/schema/families.ts";
import { classes, enrolments, memberships, studentProfiles, subjects, terms } from "#db/schema/schools.ts";
import { ALL_RIGHTS, unique, type TestContext } from "#tests/world.ts";

const word = fc.constantFrom("Amina", "=Cher", "O'Neil", "\"Q\"", "Wa,mbui", "Ñandú", "+1", "@home", "5 East");
const level = fc.option(fc.constantFrom("pp1", "pp2", "grade-1", "grade-12"));
const which = fc.nat(5);
const perhaps = fc.option(which);
const some = <T>(one: fc.Arbitrary<T>, most: number) => fc.array(one, { maxLength: most });

/** A school as families and teachers might have made it by hand. Whoever is named by a number is the one at that place, round and round. */
export const generatedSchool = fc.record({
  students: some(fc.record({ name: word, level, born: fc.boolean(), number: fc.boolean(), mail: fc.boolean(), goal: fc.option(word), guardians: fc.uniqueArray(which, { maxLength: 2 }) }), 3),
  adults: fc.array(fc.record({ name: word, phone: fc.boolean(), roles: fc.subarray<RosterRole>(["teacher", "tutor", "school_staff", "parent"], { minLength: 1 }) }), { minLength: 1, maxLength: 4 }),
  subjects: some(fc.record({ name: word, code: fc.option(word), active: fc.boolean() }), 3),
  terms: some(fc.record({ name: word, within: fc.boolean() }), 3),
  classes: some(fc.record({ name: word, level, subject: perhaps, teacher: perhaps, term: perhaps, active: fc.boolean() }), 3),
  enrolments: some(fc.record({ student: which, subject: which, teacher: which, tutor: perhaps, inClass: perhaps, customName: fc.option(word), since: fc.nat(40), ends: fc.option(fc.integer({ min: 1, max: 40 })) }), 5),
});
type Generated = typeof generatedSchool extends fc.Arbitrary<infer T> ? T : never;

const at = <T>(list: T[], place: number | null): T | null => (place === null ? null : list[place % list.length] ?? null);

export async function makeGenerated(ctx: TestContext, schoolId: string, { students, adults, ...taught }: Generated): Promise<void> {
  const { db, ids } = ctx;
  const createdAt = ctx.clock.now();
  const here = unique("g");
  const base = { schoolId, createdAt };
  const children = students.map((one, place) => ({ ...one, id: ids.make("user"), handle: `${here}-s${place}` }));
  const grown = adults.map((one, place) => ({ ...one, id: ids.make("user"), handle: `${here}-a${place}` }));
  const withRole = (role: RosterRole) => grown.filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
  const [teachers, tutors, parents] = [withRole("teacher"), withRole("tutor"), withRole("parent")];
  const taughtSubjects = taught.subjects.map((one, place) => ({ ...base, ...one, id: ids.make("sub"), name: `${one.name} ${place}` }));
  const [year, ...parts] = taught.terms.map((one) => ({ ...one, id: ids.make("term") }));
  const held = taught.classes.map((one) => ({ ...base, id: ids.make("class"), name: one.name, level: one.level, active: one.active, subjectId: at(taughtSubjects, one.subject)?.id ?? null, teacherId: at(teachers, one.teacher), termId: at(parts, one.term)?.id ?? null }));
  const going = taught.enrolments.flatMap((one) => {
    const [studentId, subjectId, teacherId] = [at(children, one.student)?.id, at(taughtSubjects, one.subject)?.id, at(teachers, one.teacher)];
    if (!studentId || !subjectId || !teacherId) return [];
    return [{ ...base, id: ids.make("enr"), studentId, subjectId, teacherId, tutorId: at(tutors, one.tutor), classId: at(held, one.inClass)?.id ?? null, customName: one.customName, startsAt: createdAt - one.since * DAY, endsAt: one.ends === null ? null : createdAt + one.ends * DAY }];
  });
  const guards = children.flatMap(({ id: childId, guardians }) => [...new Set(guardians.map((place) => at(parents, place)))].flatMap((guardianId, place) => (guardianId ? [{ id: ids.make("gua"), guardianId, childId, relationship: "parent" as const, ...ALL_RIGHTS, isPrimary: place === 0, startsAt: createdAt, createdAt }] : [])));
  const mail = (handle: string) => `${handle}@example.test`;
  const writes: Write[] = [
    ...children.map(({ id, name, handle, level, born, mail: byMail }) => db.insert(users).values({ id, kind: "child", name: `${name} ${handle}`, level, birthDate: born ? "2015-03-21" : null, email: byMail ? mail(handle) : null, username: byMail ? null : handle, createdAt })),
    ...grown.map(({ id, name, handle, phone }, place) => db.insert(users).values({ id, kind: "adult", name: `${name} ${name}`, email: mail(handle), phone: phone ? `+25472234567${place}` : null, createdAt })),
    ...[...children.map(({ id }) => ({ userId: id, role: "student" as const })), ...grown.flatMap(({ id, roles }) => roles.map((role) => ({ userId: id, role })))].map((one) => db.insert(memberships).values({ ...base, ...one, id: ids.make("mem") })),
    ...children.map(({ id, handle, number, goal }) => db.insert(studentProfiles).values({ schoolId, studentId: id, number: number ? handle : null, goal })),
    ...guards.map((one) => db.insert(guardianships).values(one)),
    ...taughtSubjects.map((one) => db.insert(subjects).values(one)),
    ...(year ? [db.insert(terms).values({ ...base, id: year.id, name: year.name, kind: "school_year", startsOn: "2026-01-05", endsOn: "2026-12-04" })] : []),
    ...parts.map(({ id, name, within }) => db.insert(terms).values({ ...base, id, name, kind: "term", parentId: within ? year!.id : null, startsOn: "2026-08-31", endsOn: "2026-11-27" })),
    ...held.map((one) => db.insert(classes).values(one)),
    ...[...new Map(going.map((one) => [`${one.studentId} ${one.subjectId} ${one.teacherId}`, one])).values()].map((one) => db.insert(enrolments).values(one)),
  ];
  await db.batch(writes as [Write, ...Write[]]);
}
