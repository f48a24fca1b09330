import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readTable } from "#app/domain/csv.ts";
import { exportOneRoster } from "#app/domain/schools/oneroster/export-oneroster.server.ts";
import { readZip, writeZip } from "#app/domain/zip.ts";
import { consents } from "#db/schema/consent.ts";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { classes, enrolments, memberships, schools, subjects, terms } from "#db/schema/schools.ts";
import { actorOf, api, makeSchool, NOON, signedIn, testContext, unique, type TestContext } from "#tests/world.ts";
import { generatedSchool, makeGenerated } from "./generated-school.ts";
import { ABSENT11, district11, school11, zipOf } from "./oneroster-files.ts";
import { bringIn } from "./school-file.ts";

const EXPECTED = [
  "agents 2 created", "agents 4 created", "agents 9 refused reference_unknown",
  "academicSessions 2 created", "academicSessions 3 created", "classes 2 created", "classes 3 created", "classes 4 refused reference_unknown", "courses 2 created", "demographics 2 already", "demographics 3 refused reference_unknown",
  "enrollments 2 created", "enrollments 3 created", "enrollments 4 already", "enrollments 5 already", "enrollments 6 refused class_without_teacher", "enrollments 7 refused reference_unknown", "enrollments 8 refused reference_unknown",
  "orgs 2 already", "orgs 3 already",
  "users 2 created", "users 3 created", "users 4 created", "users 5 created", "users 6 created", "users 7 refused org_other_school", "users 8 refused role_unknown", "users 9 created",
].sort();
const said = (rows: { part: string; line: number; outcome: string; problem: string | null }[]) => rows.map(({ part, line, outcome, problem }) => `${part} ${line} ${outcome}${problem ? ` ${problem}` : ""}`).sort();

test("STD-1: a 1.1 zip comes in, each bad row refused at its line, no reference orphaned; again it changes nothing; what is to be deleted ends", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("r");
  const files = school11(at);
  const zip = await zipOf("1.1", files);
  expect(said((await bringIn(ctx, school, "oneroster", zip, { dryRun: true })).rows)).toEqual(EXPECTED);
  expect(await ctx.db.select().from(subjects).where(eq(subjects.schoolId, school.schoolId))).toEqual([]);
  expect(said((await bringIn(ctx, school, "oneroster", zip)).rows)).toEqual(EXPECTED);
  const [amina] = await ctx.db.select().from(users).where(eq(users.username, `amina-${at}`));
  const [mary] = await ctx.db.select().from(users).where(eq(users.email, `mary-${at}@example.test`));
  const [grace] = await ctx.db.select().from(users).where(eq(users.email, `grace-${at}@example.test`));
  expect([amina, mary]).toMatchObject([{ level: "grade-6", birthDate: "2015-03-21" }, { phone: "+254722345678" }]);
  expect(await ctx.db.select().from(guardianships).where(eq(guardianships.guardianId, mary!.id))).toHaveLength(2);
  const [inClass] = await ctx.db.select().from(classes).where(and(eq(classes.schoolId, school.schoolId), eq(classes.name, "6 East, Maths")));
  expect(inClass).toMatchObject({ level: "grade-6", teacherId: grace!.id });
  expect(await ctx.db.select().from(enrolments).where(eq(enrolments.studentId, amina!.id))).toMatchObject([{ classId: inClass!.id, teacherId: grace!.id, subjectId: inClass!.subjectId }]);
  expect((await ctx.db.select().from(terms).where(eq(terms.schoolId, school.schoolId))).map((term) => [term.kind, term.parentId !== null])).toEqual(expect.arrayContaining([["term", true], ["school_year", false]]));
  const again = await bringIn(ctx, school, "oneroster", zip);
  expect(said(again.rows)).toEqual(EXPECTED.map((line) => line.replace("created", "already")).sort());
  const gone = await bringIn(ctx, school, "oneroster", await zipOf("1.1", {
    ...files, users: [files.users[0]!, `s2,tobedeleted,,true,o1,student,,,Baraka,Otieno,,${at}-2,,,,,06,`, ...files.users.slice(4, 7)], enrollments: [files.enrollments[0]!, "e1,tobedeleted,,k1,o1,s1,student,,,"],
  }));
  expect(said(gone.rows).filter((line) => line.includes("changed"))).toEqual(["enrollments 2 changed", "users 2 changed"]);
  expect(await ctx.db.select().from(enrolments).where(eq(enrolments.studentId, amina!.id))).toMatchObject([{ endsAt: ctx.clock.now() }]);
});

test.each([
  ["oneroster_no_manifest", () => writeZip([["users.csv", "sourcedId\n"]])],
  ["oneroster_version", () => zipOf("1.0" as "1.1", {})],
  ["oneroster_delta", () => zipOf("1.2", {}, [["file.users", "delta"]])],
  ["oneroster_file_missing", () => zipOf("1.2", {}, [["file.users", "bulk"]])],
  ["zip_path", () => writeZip([["../manifest.csv", ""]])],
  ["zip_unreadable", async () => (await zipOf("1.2", {})).slice(0, 80)],
  ["zip_encrypted", async () => changed(await zipOf("1.2", {}), 8, 1)],
  // A bomb says that it is small; it must not be let grow.
  ["zip_unreadable", async () => changed(await writeZip([["manifest.csv", "0".repeat(1_000_000)]]), 24, 1, 0, 0, 0)],
  ["zip_too_large", async () => changed(await writeZip([["manifest.csv", "x"]]), 24, 255, 255, 255, 100)],
])("STD-1: %s is refused at the file", async (problem, zip) => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  await expect(zip().then((bytes) => bringIn(ctx, school, "oneroster", bytes))).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "file", message: problem }] });
});

/** The zip with other bytes at a place in its (first) central entry. */
function changed(zip: Uint8Array<ArrayBuffer>, at: number, ...bytes: number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(zip.buffer);
  let entry = 0;
  while (view.getUint32(entry, true) !== 0x02014b50) entry++;
  zip.set(bytes, entry + at);
  return zip;
}

async function exported(ctx: TestContext, school: { schoolId: string; adminId: string }): Promise<{ zip: Uint8Array<ArrayBuffer>; files: Record<string, string> }> {
  const zip = await exportOneRoster(ctx, await actorOf(ctx, school.adminId), school.schoolId);
  const files = Object.fromEntries([...(await readZip(zip))].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
  return { zip, files };
}

test("STD-1: what is exported comes into another, empty school unchanged", async () => {
  const ctx = testContext();
  const [first, second] = [await makeSchool(ctx), await makeSchool(ctx)];
  const at = unique("e");
  await bringIn(ctx, first, "oneroster", await zipOf("1.1", school11(at)));
  await bringIn(ctx, first, "people", `role,name,username,email,birthDate,phone,guardianEmail,tutor,goal\ntutor,Tom,,tom-${at}@example.test,,,,,\nstaff,Sam Singleton Moses,,sam-${at}@example.test,,,,,\nstudent,=Cher,cher-${at},,2014-02-03,,mary-${at}@example.test,tom-${at}@example.test,+1 a day`);
  await bringIn(ctx, first, "enrolments", `student,subject,teacher,tutor,class,customName,starts\ncher-${at},Kiswahili,paul-${at}@example.test,tom-${at}@example.test,6 Blue,-Hadithi,2026-02-01\ncher-${at},Mathematics,paul-${at}@example.test,,,,\n${at}-2,English,paul-${at}@example.test,,6 Blue,,`);
  const before = await exported(ctx, first);
  // The other school is on another installation: nobody there has these addresses.
  for (const person of await ctx.db.select().from(memberships).where(eq(memberships.schoolId, first.schoolId))) await ctx.db.update(users).set({ email: null, username: unique("moved") }).where(eq(users.id, person.userId));
  const report = await bringIn(ctx, second, "oneroster", before.zip);
  expect(report.rows.filter((row) => row.outcome === "refused")).toEqual([]);
  const after = await exported(ctx, second);
  const { "orgs.csv": _before, ...rest } = before.files;
  const { "orgs.csv": _after, ...same } = after.files;
  expect(same).toEqual(rest);
  expect(before.files["users.csv"]).toContain("'=Cher");
  expect((await bringIn(ctx, second, "oneroster", before.zip)).record).toMatchObject({ created: 0, changed: 0, refused: 0 });
});

test("STD-1: whatever a school holds, its export comes into an empty school and out of it again row for row", async () => {
  const ctx = testContext();
  const rowsOf = ({ files: { "orgs.csv": _name, ...rest } }: { files: Record<string, string> }) => rest;
  await fc.assert(fc.asyncProperty(generatedSchool, async (generated) => {
    const [first, second] = [await makeSchool(ctx), await makeSchool(ctx)];
    await makeGenerated(ctx, first.schoolId, generated);
    const before = await exported(ctx, first);
    // The other school is on another installation: nobody there has these addresses.
    await ctx.db.update(users).set({ email: null, username: sql`lower(${users.id})`, phone: null }).where(sql`${users.id} IN (SELECT user_id FROM memberships WHERE school_id = ${first.schoolId})`);
    const { rows } = await bringIn(ctx, second, "oneroster", before.zip);
    expect(rows.filter(({ outcome }) => outcome === "refused")).toEqual([]);
    expect(rowsOf(await exported(ctx, second))).toEqual(rowsOf(before));
  }), { numRuns: 6 });
});

test("STD-1: an export leaves out files without rows, and its manifest says that they are absent", async () => {
  const ctx = testContext();
  const { files } = await exported(ctx, await makeSchool(ctx));
  expect(Object.keys(files).sort()).toEqual(["manifest.csv", "orgs.csv"]);
  const said = Object.fromEntries(files["manifest.csv"]!.split("\r\n").map((line) => line.split(",")));
  expect(said).toMatchObject({ "file.orgs": "bulk", "file.users": "absent", "file.roles": "absent", "file.demographics": "absent", "file.courses": "absent", "file.academicSessions": "absent" });
});

test("STD-1: every reference of an export is in it; what a family closes to the school does not leave it", async () => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const at = unique("c");
  await bringIn(ctx, school, "oneroster", await zipOf("1.1", school11(at)));
  const [amina] = await ctx.db.select().from(users).where(eq(users.username, `amina-${at}`));
  await ctx.db.insert(consents).values(["profile" as const, "contact" as const].map((dataType) => ({ childId: amina!.id, dataType, recipient: "school_administration" as const, granted: false, setAt: 0 })));
  const answer = await api("GET", `/admin/export/oneroster.zip?schoolId=${school.schoolId}`, { token: await signedIn(ctx, school.adminId) });
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "application/zip"]);
  const files = await readZip(new Uint8Array(await answer.arrayBuffer()));
  const rows = (name: string, ...columns: string[]) => readTable(files.get(`${name}.csv`)!, columns).map(({ cells }) => cells);
  const ids = (name: string) => new Set(rows(name, "sourcedId").map((cells) => cells.sourcedId));
  for (const [name, column, to] of [["roles", "userSourcedId", "users"], ["classes", "courseSourcedId", "courses"], ["classes", "termSourcedIds", "academicSessions"], ["enrollments", "classSourcedId", "classes"], ["enrollments", "userSourcedId", "users"], ["academicSessions", "parentSourcedId", "academicSessions"]] as const) {
    expect(rows(name, column).flatMap((cells) => cells[column] ?? []).filter((id) => !ids(to).has(id)), `${name}.${column}`).toEqual([]);
  }
  const manifest = readTable(files.get("manifest.csv")!, ["propertyName", "value"]).map(({ cells }) => `${cells.propertyName}=${cells.value}`);
  expect(manifest).toEqual(expect.arrayContaining(["manifest.version=1.0", "oneroster.version=1.2", "file.users=bulk", "file.roles=bulk", "file.results=absent"]));
  expect(rows("users", "sourcedId", "givenName", "identifier", "agentSourcedIds").find((cells) => cells.sourcedId === "s1")).toEqual({ sourcedId: "s1", givenName: "Amina" });
  expect(files.has("demographics.csv")).toBe(false);
});

test("STD-1: of a 1.2.1 zip with two schools, other order and no optional columns, each is here what they are here and now; again it changes nothing", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const [{ name } = { name: "" }] = await ctx.db.select({ name: schools.name }).from(schools).where(eq(schools.id, school.schoolId));
  const at = unique("v");
  const mail = (who: string) => `${who}-${at}@example.test`;
  const zip = await zipOf("1.2.1" as "1.2", {
    orgs: ["type,name,sourcedId", `school,${name},here`, "school,Another School,there", "district,District,d1"],
    users: [
      "familyName,givenName,userIds,agentSourcedIds,sourcedId,enabledUser,email,grades,preferredGivenName,username",
      `Otieno,Amina,"{LDAP:amina},{SIS:4711}","m1,r1",s1,true,,07,Mina,amina.${at}`, `Otieno,Mary,,,m1,true,${mail("mary")},,,`, `Otieno,Rose,,,r1,true,${mail("rose")},,,`,
      `Kamau,Paul,,,t1,true,${mail("paul")},,,`, `Gone,Gina,,,g1,true,${mail("gina")},,,`, `Away,Asha,,,a1,true,${mail("asha")},,,`, `Off,Otto,,,o1,false,${mail("otto")},,,`,
    ],
    roles: [
      "role,userSourcedId,orgSourcedId,sourcedId,roleType,status,endDate",
      "student,s1,here,x1,primary,,", "guardian,m1,here,x2,primary,,", "relative,r1,here,x3,primary,,",
      // A parent here and a teacher at the other school; one who taught here until last year; one of the other school only.
      "parent,t1,here,x4,secondary,,", "teacher,t1,there,x5,primary,,", "teacher,g1,here,x6,primary,,2025-12-31", "teacher,a1,there,x7,primary,,", "teacher,o1,here,x8,primary,,", "aide,m1,here,x9,secondary,tobedeleted,",
    ],
  }, [["file.results", "delta"], ["file.userProfiles", "absent"]]);
  const { rows } = await bringIn(ctx, school, "oneroster", zip);
  expect(said(rows.filter(({ part }) => part === "users" || part === "agents"))).toEqual(["agents 2 created", "users 2 created", "users 3 created", "users 4 created", "users 5 created", "users 6 already", "users 7 refused org_other_school", "users 8 already"]);
  const rolesOf = async (email: string) => (await ctx.db.select({ role: memberships.role }).from(memberships).innerJoin(users, eq(users.id, memberships.userId)).where(eq(users.email, email))).map(({ role }) => role);
  expect([await rolesOf(mail("mary")), await rolesOf(mail("rose")), await rolesOf(mail("paul")), await rolesOf(mail("gina")), await rolesOf(mail("asha")), await rolesOf(mail("otto"))]).toEqual([["parent"], ["parent"], ["parent"], [], [], []]);
  expect((await bringIn(ctx, school, "oneroster", zip)).record).toMatchObject({ created: 0, changed: 0 });
});

test("STD-1: a 1.1 zip in another order, without what may be left out: in once, whatever may be again; disabled and to be deleted end, and nothing is erased", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("d");
  const files = district11(at);
  const expected = [
    "academicSessions 2 created", "agents 2 created", "agents 3 created", "agents 5 already", "agents 6 already", "classes 2 created", "classes 3 refused reference_unknown", "courses 2 created",
    "enrollments 2 created", "enrollments 3 created", "enrollments 4 refused reference_unknown", "enrollments 5 already", "orgs 2 already",
    "users 2 created", "users 3 created", "users 4 already", "users 5 created", "users 6 created", "users 7 created", "users 8 created",
  ];
  const zip = await zipOf("1.1", files, ABSENT11);
  expect(said((await bringIn(ctx, school, "oneroster", zip)).rows)).toEqual(expected);
  expect(said((await bringIn(ctx, school, "oneroster", zip)).rows)).toEqual(expected.map((line) => line.replace("created", "already")));
  const [brian] = await ctx.db.select().from(users).where(eq(users.username, `brian-${at}`));
  expect(brian).toMatchObject({ name: 'Brian "BJ" Mutua', kind: "child", birthDate: null });
  const everything = async () => ({
    guardians: (await ctx.db.select().from(guardianships).where(eq(guardianships.childId, brian!.id))).length, enrolments: await ctx.db.select().from(enrolments).where(eq(enrolments.schoolId, school.schoolId)),
    roles: (await ctx.db.select({ name: users.name, role: memberships.role, active: memberships.active }).from(memberships).innerJoin(users, eq(users.id, memberships.userId)).where(eq(memberships.schoolId, school.schoolId))).map(({ name, role, active }) => `${name} ${role}${active ? "" : " ended"}`).sort(),
  });
  const held = (await everything()).roles;
  expect(held.filter((line) => !line.startsWith("Admin"))).toEqual(['Aunt Kiprop parent', 'Brian "BJ" Mutua student', "Esther Wanjiku parent", "Njeri Wanjiku student", "Peter Odhiambo teacher", "Ruth Naliaka school_staff"]);
  const [header, , brians] = files.users!;
  const gone = await zipOf("1.1", { ...files, users: [`${header!.trimEnd()},status`, brians!.replace("TRUE", "false").replace("\r", ","), `relative,Kiprop,Aunt,ORG-1,GUA-2,true,aunt-${at}@example.test,aunt-${at}@example.test,STU-1,,,tobedeleted`], enrollments: ["status,userSourcedId,role,classSourcedId,schoolSourcedId,sourcedId", "tobedeleted,STU-2,student,CLS-1,ORG-1,ENR-2"] }, ABSENT11);
  expect(said((await bringIn(ctx, school, "oneroster", gone)).rows).filter((line) => line.includes("changed"))).toEqual(["enrollments 2 changed", "users 2 changed", "users 3 changed"]);
  const after = await everything();
  expect(after.roles).toEqual(held.map((line) => (/^(Aunt|Brian)/.test(line) ? `${line} ended` : line)));
  expect([after.guardians, after.enrolments.map(({ endsAt }) => endsAt !== null).sort()]).toEqual([1, [false, true]]);
});

test("STD-1: a role to be deleted in roles.csv ends here and alone, unless another row still gives it; its user need not be in the zip", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const email = `paul-${unique("q")}@example.test`;
  const orgs = ["sourcedId,name,type", "here,School,school"];
  const people = ["sourcedId,givenName,familyName,email", `p,Paul,Kamau,${email}`];
  const roles = (...rows: string[]) => ["sourcedId,userSourcedId,roleType,role,orgSourcedId,status", ...rows];
  const bring = async (files: Record<string, string[]>) => said((await bringIn(ctx, school, "oneroster", await zipOf("1.2", { orgs, ...files }))).rows).filter((line) => !line.startsWith("orgs"));
  const held = async () => (await ctx.db.select({ role: memberships.role }).from(memberships).innerJoin(users, eq(users.id, memberships.userId)).where(and(eq(users.email, email), eq(memberships.active, true)))).map(({ role }) => role).sort();
  await bring({ users: people, roles: roles("r1,p,primary,teacher,here,", "r2,p,secondary,parent,here,", "r3,p,secondary,aide,here,") });
  expect(await held()).toEqual(["parent", "school_staff", "teacher"]);
  const less = { users: people, roles: roles("r1,p,primary,teacher,here,tobedeleted", "r2,p,secondary,parent,here,", "r3,p,secondary,aide,here,tobedeleted", "r4,p,secondary,counselor,here,") };
  expect(await bring(less)).toEqual(["roles 2 changed", "roles 3 already", "roles 4 already", "roles 5 already", "users 2 already"]);
  expect(await held()).toEqual(["parent", "school_staff"]);
  expect(await bring(less)).not.toContain("roles 2 changed");
  expect(await bring({ roles: roles("r2,p,secondary,parent,here,tobedeleted", "r5,p,secondary,aide,elsewhere,tobedeleted", "r6,nobody,primary,teacher,here,tobedeleted") })).toEqual(["roles 2 changed", "roles 3 already", "roles 4 already"]);
  expect(await held()).toEqual(["school_staff"]);
});

test("STD-1: each row that cannot be used is refused at its line for its own reason, and no other row with it", async () => {
  const ctx = testContext();
  const [school, other] = [await makeSchool(ctx), await makeSchool(ctx)];
  const { email: elsewhere } = (await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, other.adminId)))[0]!;
  const at = unique("b");
  const mail = (who: string) => `${who}-${at}@example.test`;
  const span = "2027-01-06,2027-04-02";
  const { rows } = await bringIn(ctx, school, "oneroster", await zipOf("1.2", {
    orgs: ["sourcedId,name,type", "here,School,school"],
    academicSessions: [
      "sourcedId,title,type,startDate,endDate,parentSourcedId,status",
      `a1,Term,,${span},,`, `a2,Term,holiday,${span},,`, "a3,Term,term,,2027-04-02,,", "a4,Term,term,2027-01-06,,,", "a5,Term,term,2027-04-02,2027-04-02,,", `a6,Term,term,${span},nowhere,`,
      `,Term,term,${span},,`, `${"x".repeat(256)},Term,term,${span},,`, `a7,,term,${span},,`, `a8,${"x".repeat(101)},term,${span},,`, `a9,Term,term,${span},,tobedeleted`, `b1,Term,,${span},,`,
    ],
    courses: ["sourcedId,title,status", "c1,Mathematics,", "c2,Art,", "c9,Gone,tobedeleted"],
    users: [
      "sourcedId,givenName,familyName,email,username",
      `none,No,Role,${mail("none")},`, `both,Both,Roles,${mail("both")},`, `odd,Odd,Role,${mail("odd")},`, `tch,Grace,Achieng,${mail("grace")},`, `stu,Amina,Otieno,,amina-${at}`, `els,Else,Where,${elsewhere},`,
    ],
    roles: ["sourcedId,userSourcedId,roleType,role,orgSourcedId,status", "r1,both,primary,student,here,", "r2,both,secondary,teacher,here,", "r3,odd,primary,,here,", "r4,tch,primary,teacher,here,", "r5,stu,primary,student,here,", "r6,els,primary,teacher,here,", "r7,,primary,teacher,here,", "r8,,primary,teacher,here,tobedeleted"],
    demographics: ["sourcedId,birthDate,status", "stu,,", "stu,2015-03-21,", "tch,yesterday,", "nobody,2015-03-21,tobedeleted"],
    classes: ["sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds,status", "k1,6 East,c1,here,,", "k2,Elsewhere,c1,there,,", "k3,No course,,here,,", "k4,Homeroom,kinboard-no-subject,here,,", "k5,Art,c2,here,,", "k9,Gone,c1,here,,tobedeleted"],
    enrollments: [
      "sourcedId,classSourcedId,userSourcedId,role,beginDate,endDate,status",
      "e1,k1,tch,teacher,,,", "e2,k5,tch,teacher,,,", "e3,k1,stu,student,,,", "e4,,stu,student,,,", "e5,k1,,student,,,", "e6,k1,tch,student,,,", "e7,k4,stu,student,,,", "e8,k5,stu,student,2025-01-06,2025-06-01,", "e9,k1,stu,student,,,tobedeleted", ",k1,stu,student,,,",
    ],
  }));
  const of = (name: string) => rows.filter(({ part }) => part === name).map(({ outcome, problem }) => problem ?? outcome);
  expect(of("academicSessions")).toEqual([
    "term_kind_unknown", "term_kind_unknown", "date_unusable", "date_unusable", "ends_before_start", "reference_unknown", "sourced_id_missing", "too_long", "name_missing", "too_long", "already", "term_kind_unknown",
  ]);
  expect(of("courses")).toEqual(["created", "created", "already"]);
  // Whoever has an account elsewhere is asked, which reads as if they were made.
  expect(of("users")).toEqual(["role_missing", "student_and_adult", "role_unknown", "created", "created", "created"]);
  expect(of("roles")).toEqual(["reference_unknown", "reference_unknown", "reference_unknown", "already", "already", "already", "reference_unknown", "already"]);
  expect(of("demographics")).toEqual(["already", "already", "birth_date_unusable", "already"]);
  expect(of("classes")).toEqual(["created", "org_other_school", "reference_unknown", "created", "created", "already"]);
  expect(of("enrollments")).toEqual(["already", "already", "created", "reference_unknown", "reference_unknown", "student_unknown", "class_without_subject", "already", "already", "sourced_id_missing"]);
  expect(rows.find(({ part, line }) => part === "enrollments" && line === 11)!.about).toBe("");
  const [amina] = await ctx.db.select().from(users).where(eq(users.username, `amina-${at}`));
  expect(amina!.birthDate).toBe("2015-03-21");
  expect(await ctx.db.select().from(enrolments).where(eq(enrolments.schoolId, school.schoolId))).toHaveLength(1);
  expect(await ctx.db.select().from(terms).where(eq(terms.schoolId, school.schoolId))).toEqual([]);
});

test("STD-1: a course, a class and an enrolment are changed, and rest when they are to be deleted; a course does not take another's name", async () => {
  const ctx = testContext();
  const school = await makeSchool(ctx);
  const at = unique("x");
  const zip = (courses: string[], classLine: string, enrolment: string) => zipOf("1.1", {
    orgs: ["sourcedId,name,type", "o1,School,school"],
    courses: ["sourcedId,title,courseCode,status", ...courses],
    // In 1.1 a user may leave their school out where there is one.
    users: ["sourcedId,role,givenName,familyName,email,username", `tch,teacher,Grace,Achieng,grace-${at}@example.test,`, `stu,student,Amina,Otieno,,amina-${at}`],
    classes: ["sourcedId,title,courseSourcedId,status", classLine],
    enrollments: ["sourcedId,classSourcedId,userSourcedId,role,status", "e1,k1,tch,teacher,", enrolment],
  });
  const bring = async (...files: Parameters<typeof zip>) => said((await bringIn(ctx, school, "oneroster", await zip(...files))).rows).filter((line) => !/^(orgs|users) |^enrollments 2/.test(line));
  expect(await bring(["c1,Mathematics,MAT,", "c2,Art,,"], "k1,6 East,c1,", "e2,k1,stu,student,")).toEqual(["classes 2 created", "courses 2 created", "courses 3 created", "enrollments 3 created"]);
  expect(await bring(["c1,Mathematics,MA6,", "c2,mathematics,,"], "k1,6 West,c1,", "e2,k1,stu,student,")).toEqual(["classes 2 changed", "courses 2 changed", "courses 3 refused subject_taken", "enrollments 3 already"]);
  const gone = [["c1,Mathematics,,tobedeleted", "c2,Art,,"], "k1,6 West,c1,tobedeleted", "e2,k1,stu,student,tobedeleted"] as const;
  expect(await bring([...gone[0]], gone[1], gone[2])).toEqual(["classes 2 changed", "courses 2 changed", "courses 3 already", "enrollments 3 changed"]);
  expect(await bring([...gone[0]], gone[1], gone[2])).toEqual(["classes 2 already", "courses 2 already", "courses 3 already", "enrollments 3 already"]);
  expect((await ctx.db.select().from(subjects).where(eq(subjects.schoolId, school.schoolId)).orderBy(subjects.name)).map(({ name, code, active }) => [name, code, active])).toEqual([["Art", null, true], ["Mathematics", "MA6", false]]);
  expect(await ctx.db.select().from(classes).where(eq(classes.schoolId, school.schoolId))).toMatchObject([{ name: "6 West", active: false }]);
  expect(await ctx.db.select().from(enrolments).where(eq(enrolments.schoolId, school.schoolId))).toMatchObject([{ endsAt: NOON }]);
});
