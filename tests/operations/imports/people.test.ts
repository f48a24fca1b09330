import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { notifications } from "#db/schema/notifications.ts";
import { memberships, schoolInvitations, studentProfiles, tutorAssignments } from "#db/schema/schools.ts";
import { assignTutor, join, makeFamily, makeSchool, makeTeacher, makeTutor, makeUser, testContext, unique, type TestContext } from "#tests/world.ts";
import { bringIn } from "./school-file.ts";

const csv = (...lines: string[]) => lines.join("\r\n");
const emailOf = async (ctx: TestContext, userId: string) => (await ctx.db.select().from(users).where(eq(users.id, userId)))[0]!.email!;

test("SCH-7: people come in by a file, the same file again changes nothing, and each row says what became of it", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("x");
  const file = csv(
    "role;name;email;number;level;birthDate;guardianEmail;tutor",
    `student;"Otieno; Amina";;${at}-1;Grade 6;2015-03-21;mama-${at}@example.test;tutor-${at}@example.test`,
    `parent;Mama Amina;mama-${at}@example.test;;;;;`,
    `tutor;Tom;tutor-${at}@example.test;;;;;`,
    "student;Only A Name;;;;;;",
    "janitor;Joe;;;;;;",
    `teacher;Teo;teo-${at}@example.test;;;;;`,
  );
  const tried = await bringIn(ctx, school, "people", file, { dryRun: true });
  const expected = ["2 created", "3 created", "4 created", "5 refused person_unidentifiable", "6 refused role_unknown", "7 created"];
  expect(tried.said).toEqual(expected);
  expect(await ctx.db.select().from(memberships).where(eq(memberships.schoolId, school.schoolId))).toHaveLength(1);
  const done = await bringIn(ctx, school, "people", file);
  expect(done.said).toEqual(expected);
  expect(done.record).toMatchObject({ status: "done", handled: 6, total: 6, created: 4, refused: 2 });
  const [amina] = await ctx.db.select().from(users).where(eq(users.name, "Otieno; Amina"));
  expect(amina).toMatchObject({ kind: "child", level: "grade-6", birthDate: "2015-03-21", email: null });
  const [mama] = await ctx.db.select().from(users).where(eq(users.email, `mama-${at}@example.test`));
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.childId, amina!.id))).toMatchObject([{ guardianId: mama!.id, isPrimary: true, canApprovePurchases: true }]);
  expect(await ctx.db.select().from(tutorAssignments).where(eq(tutorAssignments.studentId, amina!.id))).toHaveLength(1);
  const again = await bringIn(ctx, school, "people", file);
  expect(again.said).toEqual(expected.map((line) => line.replace("created", "already")));
  const events = await ctx.db.select().from(auditEvents).where(and(eq(auditEvents.schoolId, school.schoolId), inArray(auditEvents.action, ["person.created", "guardianship.created", "tutor.assigned"])));
  expect(events.map((event) => event.action).sort()).toEqual(["guardianship.created", "person.created", "person.created", "person.created", "person.created", "tutor.assigned"]);
  expect(events.every((event) => event.actorId === school.adminId)).toBe(true);
});

test("SCH-7: nobody is matched by a name alone, across roles or across schools", async () => {
  const ctx = testContext();
  const [school, other] = [await makeSchool(ctx), await makeSchool(ctx)];
  const at = unique("y");
  const teacherId = await makeUser(ctx, "adult", "Teacher");
  await join(ctx, teacherId, school.schoolId, "teacher");
  const [teacher] = await ctx.db.select().from(users).where(eq(users.id, teacherId));
  const [foreign] = await ctx.db.select().from(users).where(eq(users.id, other.adminId));
  const { said } = await bringIn(ctx, school, "people", csv(
    "Role,Name,E-Mail,Email,Birth date,Phone",
    `parent,Teacher,,${teacher!.email},,`,
    `teacher,Elsewhere,,${foreign!.email},,`,
    `student,Twin ${at},,,2016-01-02,+254700000001`,
    `student,Twin ${at},,,2016-01-03,+254700000001`,
    `student,twin  ${at},,,2016-01-02,`,
    `teacher|parent,Teacher,,${teacher!.email},,`,
  ));
  expect(said).toEqual(["2 refused person_other_role", "3 created", "4 created", "5 refused person_ambiguous", "6 already", "7 changed"]);
});

test("SCH-2, SCH-7: a file's report says the same of an address that somebody elsewhere has and of one that nobody has; the former is asked", async () => {
  const ctx = testContext();
  const [school, other] = [await makeSchool(ctx), await makeSchool(ctx)];
  const at = unique("e");
  const elsewhere = (await ctx.db.select().from(users).where(eq(users.id, other.adminId)))[0]!.email!;
  const family = await makeFamily(ctx);
  const mother = (await ctx.db.select().from(users).where(eq(users.id, family.guardianId)))[0]!.email!;
  const aunt = (await ctx.db.select().from(users).where(eq(users.id, family.otherGuardianId)))[0]!.email!;
  const lines = (teacher: string, parent: string, child: string, number: string) => csv(
    "role;name;email;number;guardianEmail;guardianName", `teacher;Theo;${teacher};;;`, `student;Kito;;${number}-1;${parent};Mama Kito`, `student;Kena;;${number}-2;${parent};Mama Kito`, `student;Zuri;${child};;;`, `student;Mixed;${parent};;;`,
  );
  const [known, unknown] = [lines(elsewhere, mother, aunt, `${at}k`), lines(`theo-${at}@example.test`, `mama-${at}@example.test`, `zuri-${at}@example.test`, `${at}u`)];
  for (const dryRun of [true, false]) expect((await bringIn(ctx, school, "people", known, { dryRun })).said).toEqual((await bringIn(ctx, other, "people", unknown, { dryRun })).said);
  expect((await bringIn(ctx, school, "people", known)).said).toEqual(["2 already", "3 already", "4 already", "5 already", "6 refused person_other_role"]);
  const asked = await ctx.db.select().from(schoolInvitations).where(eq(schoolInvitations.schoolId, school.schoolId)).orderBy(schoolInvitations.id);
  expect(asked.map(({ email, roles, studentIds }) => [email, roles[0], studentIds.length]).sort()).toEqual([[elsewhere, "teacher", 0], [mother, "parent", 2], [aunt, "student", 0]].sort());
  expect(await ctx.db.select().from(guardianships).where(and(eq(guardianships.guardianId, family.guardianId), inArray(guardianships.childId, asked.flatMap(({ studentIds }) => studentIds))))).toEqual([]);
});

test("FAM-11, SCH-7: a file makes nobody guardian of a child from whom they are kept away, nor may its sender of theirs; such a row changes nothing", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const { schoolId, adminId, childId } = family;
  const at = unique("z");
  const father = await makeUser(ctx, "adult", "Father");
  await join(ctx, father, schoolId, "parent");
  await ctx.db.insert(studentProfiles).values({ schoolId, studentId: childId, number: `${at}-1` });
  const keep = (personId: string, more: object = {}) => ctx.db.insert(restrictions).values({ id: ctx.ids.make("restr"), childId, personId, schoolId, reason: "Court", setBy: adminId, startsAt: 1, createdAt: 1, ...more });
  await keep(father);
  const file = csv("role;name;number;goal;guardianEmail", `student;Child;${at}-1;Reads;${await emailOf(ctx, father)}`);
  expect((await bringIn(ctx, family, "people", file, { dryRun: true })).said).toEqual(["2 refused person_kept_away"]);
  expect((await bringIn(ctx, family, "people", file)).said).toEqual(["2 refused person_kept_away"]);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, father))).toEqual([]);
  expect(await ctx.db.select({ goal: studentProfiles.goal }).from(studentProfiles).where(eq(studentProfiles.studentId, childId))).toEqual([{ goal: null }]);
  await ctx.db.update(restrictions).set({ endsAt: ctx.clock.now() }).where(eq(restrictions.personId, father));
  await keep(adminId);
  expect((await bringIn(ctx, family, "people", file)).said).toEqual(["2 refused student_unknown"]);
  await ctx.db.delete(restrictions).where(eq(restrictions.personId, adminId));
  expect((await bringIn(ctx, family, "people", file)).said).toEqual(["2 changed"]);
});

test("FAM-6, SCH-7: whoever looks after a child already is told, once, that a file gave it another guardian", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const { schoolId, childId, guardianId, otherGuardianId, viewerId } = family;
  const at = unique("w");
  await ctx.db.insert(studentProfiles).values({ schoolId, studentId: childId, number: `${at}-1` });
  await ctx.db.insert(restrictions).values({ id: ctx.ids.make("restr"), childId, personId: viewerId, schoolId, reason: "Court", setBy: family.adminId, startsAt: 1, createdAt: 1 });
  const file = csv("role;name;number;guardianEmail;guardianName", `student;Child;${at}-1;aunt-${at}@example.test;Aunt`, `student;Child;${at}-1;uncle-${at}@example.test;Uncle`);
  await bringIn(ctx, family, "people", file);
  await bringIn(ctx, family, "people", file);
  const told = (await ctx.db.select().from(notifications).where(eq(notifications.childId, childId))).filter(({ type }) => type === "guardianship.changed");
  const [aunt] = await ctx.db.select().from(users).where(eq(users.email, `aunt-${at}@example.test`));
  expect(told.map(({ userId }) => userId).sort()).toEqual([guardianId, otherGuardianId, aunt!.id].sort());
  expect(told[0]).toMatchObject({ facts: { child: "Child", by: "Admin" }, path: "/family/people", severity: "attention" });
});

test("SCH-7: a line of people that cannot be used is refused and leaves nothing behind", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const teacher = await emailOf(ctx, await makeTeacher(ctx, school.schoolId));
  const at = unique("p");
  expect((await bringIn(ctx, school, "people", csv(
    "role;name;email;number;guardianEmail;guardianName;tutor",
    ";Nobody;;;;;", "teacher;Tina;;;;;", `student|teacher;Both;both-${at}@example.test;;;;`, `teacher;Guarded;guarded-${at}@example.test;;mama-${at}@example.test;Mama;`, `teacher;Tutored;tutored-${at}@example.test;;;;${teacher}`,
    `student;Kid;;${at}-1;${teacher};Teacher;`, `student;Kid;;${at}-2;mama-${at}@example.test;;`, `student;Kid;;${at}-3;mama@;Mama;`, `student;Kid;;${at}-4;;;nobody-${at}@example.test`, `student;Kid;;${at}-5;mama-${at}@example.test;Mama;${teacher}`,
  ))).said).toEqual([
    "2 refused role_missing", "3 refused email_missing", "4 refused student_and_adult", "5 refused only_students_have_these", "6 refused only_students_have_these",
    "7 refused person_other_role", "8 refused guardian_unknown", "9 refused email_unusable", "10 refused tutor_unknown", "11 refused tutor_unknown",
  ]);
  expect((await ctx.db.select({ role: memberships.role }).from(memberships).where(eq(memberships.schoolId, school.schoolId))).map(({ role }) => role).sort()).toEqual(["school_admin", "teacher"]);
});

test("SCH-7: what somebody signs in with is not changed by a file, and an adult's name and telephone are their own; what is missing is filled in", async () => {
  const ctx = testContext();
  const [school, other] = [await makeSchool(ctx), await makeSchool(ctx)];
  const at = unique("s");
  const bring = async (line: string) => (await bringIn(ctx, school, "people", csv("role;name;username;email;number;phone;level", line))).said[0]!.slice(2);
  const student = async () => (await ctx.db.select().from(users).where(eq(users.username, `kid-${at}`)))[0]!;
  const teacher = async () => (await ctx.db.select().from(users).where(eq(users.email, `teo-${at}@example.test`)))[0]!;
  expect(await bring(`student;Kid;kid-${at};;${at}-1;;`)).toBe("created");
  expect(await bring(`student;Kid;new-${at};;${at}-1;;`)).toBe("refused username_differs");
  // Somebody elsewhere has the address: nobody is told, and the student has none.
  expect(await bring(`student;Kid;;${await emailOf(ctx, other.adminId)};${at}-1;;`)).toBe("already");
  expect((await student()).email).toBeNull();
  expect(await bring(`student;Kid;;kid-${at}@example.test;${at}-1;;`)).toBe("changed");
  expect(await bring(`student;Kid;;two-${at}@example.test;${at}-1;;`)).toBe("refused email_differs");
  expect(await bring(`student;Kid Otieno;;;${at}-1;0700000001;6`)).toBe("changed");
  expect(await bring(`student;Kid Otieno;;;${at}-1;0700000002;7`)).toBe("changed");
  expect(await student()).toMatchObject({ name: "Kid Otieno", email: `kid-${at}@example.test`, phone: "+254700000002", level: "grade-7" });
  expect(await bring(`teacher;Teo;;teo-${at}@example.test;;;`)).toBe("created");
  expect(await bring(`teacher;Teo;;teo-${at}@example.test;;0700000003;`)).toBe("changed");
  expect(await bring(`teacher;Theodore;;teo-${at}@example.test;;0700000004;`)).toBe("already");
  expect(await teacher()).toMatchObject({ name: "Teo", phone: "+254700000003" });
});

test("SCH-2, SCH-7: a student without an address or a username gets one from the name, in plain letters, whatever it is written in", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("u");
  await bringIn(ctx, school, "people", csv("role;name;number", `student;Zoë Nähr-O'Hara;${at}-1`, `student;阿明;${at}-2`, `student;(Bartholomew) Wafula Wekesa;${at}-3`));
  const made = await ctx.db.select({ number: studentProfiles.number, username: users.username }).from(studentProfiles).innerJoin(users, eq(users.id, studentProfiles.studentId)).where(eq(studentProfiles.schoolId, school.schoolId)).orderBy(studentProfiles.number);
  expect(made.map(({ username }) => username!.replace(/\.[a-z0-9]{6}$/, "."))).toEqual(["zoe.nahr.o.hara.", "student.", "bartholomew.wafula.wek."]);
});

test("SCH-7: a tutor who goes on is left, one whose time is over takes the student again", async () => {
  const ctx = testContext();
  const { schoolId, childId, ...family } = await makeFamily(ctx);
  const tutorId = await makeTutor(ctx, schoolId);
  const number = unique("t");
  await ctx.db.insert(studentProfiles).values({ schoolId, studentId: childId, number });
  await assignTutor(ctx, { schoolId, tutorId, studentId: childId, endsAt: ctx.clock.now() + DAY });
  const bring = async () => (await bringIn(ctx, { schoolId, adminId: family.adminId }, "people", csv("role;name;number;tutor", `student;Child;${number};${await emailOf(ctx, tutorId)}`))).said;
  const ends = async () => (await ctx.db.select({ endsAt: tutorAssignments.endsAt }).from(tutorAssignments).where(eq(tutorAssignments.tutorId, tutorId))).map(({ endsAt }) => endsAt);
  expect([await bring(), await ends()]).toEqual([["2 already"], [ctx.clock.now() + DAY]]);
  ctx.setNow(ctx.clock.now() + DAY);
  expect([await bring(), await ends(), await bring()]).toEqual([["2 changed"], [null], ["2 already"]]);
});

test("SCH-2, SCH-7: an invitation that waits takes in the students of the next file; one that was declined is not sent again", async () => {
  const ctx = testContext();
  const [school, other] = [await makeSchool(ctx), await makeSchool(ctx)];
  const [at, aunt] = [unique("i"), await emailOf(ctx, other.adminId)];
  const bring = async (number: number) => (await bringIn(ctx, school, "people", csv("role;name;number;guardianEmail;guardianName", `student;Kid ${number};${at}-${number};${aunt};Aunt`))).said;
  const asked = async () => (await ctx.db.select().from(schoolInvitations).where(eq(schoolInvitations.schoolId, school.schoolId))).map(({ status, studentIds }) => [status, studentIds.length]);
  expect([await bring(1), await asked()]).toEqual([["2 created"], [["pending", 1]]]);
  expect([await bring(2), await asked()]).toEqual([["2 created"], [["pending", 2]]]);
  expect([await bring(2), await asked()]).toEqual([["2 already"], [["pending", 2]]]);
  await ctx.db.update(schoolInvitations).set({ status: "declined" }).where(eq(schoolInvitations.schoolId, school.schoolId));
  expect([await bring(3), await asked()]).toEqual([["2 created"], [["declined", 2]]]);
});
