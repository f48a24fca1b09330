import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { memberships, tutorAssignments } from "#db/schema/schools.ts";
import { join, makeSchool, makeUser, testContext, unique } from "#tests/world.ts";
import { bringIn } from "./school-file.ts";

const csv = (...lines: string[]) => lines.join("\r\n");

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
  expect(said).toEqual(["2 refused person_other_role", "3 refused person_elsewhere", "4 created", "5 refused person_ambiguous", "6 already", "7 changed"]);
});
