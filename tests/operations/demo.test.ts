import { beforeAll, expect, test } from "vitest";
import { getGuardianDashboard } from "#app/domain/dashboards/guardian-dashboard.server.ts";
import { getStudentDashboard } from "#app/domain/dashboards/student-dashboard.server.ts";
import { getTeacherDashboard, getTutorDashboard } from "#app/domain/dashboards/teacher-dashboard.server.ts";
import { verifyLedger } from "#db/ledger-verification.ts";
import { clearDemoData } from "#scripts/demo/clear.ts";
import { livingWorld, type LivingWorld } from "#scripts/demo/living.ts";
import { loadDemoOnce } from "#scripts/demo/load.ts";
import { testContext } from "#tests/world.ts";

const { db } = testContext();
const all = async <Row = Record<string, unknown>>(query: string) => (await db.$client.prepare(query).all<Row>()).results;
/** How many rows stand in each table, but for those of the database's own. */
async function counted(): Promise<Record<string, number>> {
  const names = (await all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'd1_%' AND name NOT LIKE '_cf_%'")).map(({ name }) => name);
  const counts = await Promise.all(names.map(async (name) => [name, (await all<{ count: number }>(`SELECT count(*) AS count FROM "${name}"`))[0]!.count] as const));
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
const userOf = async (who: string) => (await all<{ id: string }>(`SELECT id FROM users WHERE username = '${who}' OR email = '${who}@demo.kinboard.test'`))[0]!.id;
const of = <T>(world: LivingWorld, who: string, read: (actor: Parameters<Parameters<LivingWorld["as"]>[1]>[0]) => Promise<T>) => userOf(who).then((id) => world.as(id, read));

let world: LivingWorld;
let before: Record<string, number>;
beforeAll(async () => {
  before = await counted();
  world = livingWorld(testContext());
  expect(await loadDemoOnce(world)).toBe(true);
}, 120_000);

test("OPS-2: loaded a second time nothing changes", async () => {
  const loaded = await counted();
  expect(await loadDemoOnce(world)).toBe(false);
  expect(await counted()).toEqual(loaded);
});

test("OPS-2: four children of one guardian with three or four enrolments each, and of every kind something in thirty days", async () => {
  const children = await all<{ username: string; level: string; enrolments: number }>(`SELECT u.username, u.level, (SELECT count(*) FROM enrolments e WHERE e.student_id = u.id) AS enrolments
    FROM guardianships g JOIN users u ON u.id = g.child_id WHERE g.guardian_id = '${await userOf("guardian")}' ORDER BY u.username`);
  expect(children.map(({ level }) => level).sort()).toEqual(["grade-3", "grade-6", "grade-8", "pp2"]);
  expect(children.every(({ enrolments }) => enrolments === 3 || enrolments === 4)).toBe(true);
  const since = world.ctx.clock.now() - 31 * 86_400_000;
  const kinds = ["attendance", "activities", "materials", "material_progress", "assignments", "submissions", "feedback", "observations", "assessments", "competency_evidence", "student_notes", "achievements", "goals", "goal_steps", "moods", "study_plans", "lessons", "lesson_outcomes", "lesson_changes", "bookings", "availability", "absences"];
  const loaded = await counted();
  expect(kinds.filter((kind) => !loaded[kind])).toEqual([]);
  const perChild = async (table: string, at: string) => (await all<{ id: string }>(`SELECT student_id AS id FROM ${table} WHERE ${at} >= ${since} GROUP BY 1`)).length;
  for (const [table, at] of [["lessons", "starts_at"], ["attendance", "at"], ["activities", "at"], ["observations", "created_at"], ["assessments", "created_at"]] as const) expect([table, await perChild(table, at)]).toEqual([table, 5]);
  expect((await all("SELECT DISTINCT visibility FROM student_notes")).length).toBe(3);
  expect((await all("SELECT DISTINCT status FROM attendance")).length).toBe(4);
  expect((await all("SELECT DISTINCT kind FROM bookings WHERE status = 'pending'")).length).toBe(2);
});

test("OPS-2, LES-3: nobody is in two places, and instants follow from the clocks", async () => {
  expect(await all(`SELECT a.lesson_id, b.lesson_id FROM lesson_slots a JOIN lesson_slots b ON a.lesson_id < b.lesson_id AND (a.teacher_id = b.teacher_id OR a.student_id = b.student_id) AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at`)).toEqual([]);
  expect(await all("SELECT id FROM lessons WHERE starts_at <> unixepoch(local_start || ':00+03:00') * 1000 OR ends_at <> unixepoch(local_end || ':00+03:00') * 1000")).toEqual([]);
  expect(await all("SELECT id FROM lessons WHERE status IN ('scheduled', 'asked') AND id NOT IN (SELECT lesson_id FROM lesson_slots)")).toEqual([]);
});

test("OPS-2, PAY-2: the books add up, hours are used up once for each lesson that took some, and nobody owes any", async () => {
  const schools = (await all<{ id: string }>("SELECT id FROM schools")).map(({ id }) => id);
  const { faults, trial } = await verifyLedger(db, schools);
  expect(faults).toEqual([]);
  expect(trial.every(({ debits, credits }) => debits === credits)).toBe(true);
  expect(await all("SELECT id FROM lessons l WHERE (l.hours IS 'consumed') <> EXISTS (SELECT 1 FROM ledger_entries e WHERE e.cause_id = l.id AND e.kind = 'lesson' AND e.amount = (l.ends_at - l.starts_at) / 60000)")).toEqual([]);
  expect((await all("SELECT 1 FROM ledger_entries WHERE kind = 'lesson'")).length).toBeGreaterThan(5);
  expect(await all(`SELECT u.name, b.balance, h.held FROM users u JOIN (SELECT student_id, sum((ends_at - starts_at) / 60000) AS held FROM lessons WHERE uses_hours = 1 AND hours IS NULL GROUP BY 1) h ON h.student_id = u.id
    LEFT JOIN ledger_balances b ON b.account = 'student:' || u.id AND b.unit = 'minutes' WHERE coalesce(b.balance, 0) < h.held`)).toEqual([]);
});

test("OPS-2, LRN-5: every piece of evidence is as its source, and some competencies have enough of it", async () => {
  const sourced = (table: string, kind: string, more: string) => `SELECT e.id FROM competency_evidence e LEFT JOIN ${table} s ON s.id = e.source_id AND s.student_id = e.student_id ${more} WHERE e.source = '${kind}' AND s.id IS NULL`;
  expect(await all(`${sourced("observations", "observation", "AND s.visibility = e.visibility")} UNION ALL ${sourced("assessments", "assessment", "AND s.visibility = e.visibility AND s.level = e.level")} UNION ALL ${sourced("feedback", "feedback", "AND s.level = e.level")}`)).toEqual([]);
  const spokes = await all<{ pieces: number }>("SELECT count(*) AS pieces FROM competency_evidence GROUP BY student_id, competency");
  expect([spokes.some(({ pieces }) => pieces >= 3), spokes.some(({ pieces }) => pieces < 3)]).toEqual([true, true]);
});

test("OPS-2, DASH-1 to 4: no home has an empty section", async () => {
  const { ctx } = world;
  const guardian = await of(world, "guardian", (actor) => getGuardianDashboard(ctx, actor));
  expect([guardian.waiting.length > 0, guardian.children.length]).toEqual([true, 4]);
  expect(new Set(guardian.urgent.map(({ kind }) => kind))).toEqual(new Set(["booking", "task", "quiet"]));
  expect(guardian.children.every(({ standing, lessons, attendance }) => standing && lessons.length > 0 && attendance)).toBe(true);
  expect([guardian.children.some(({ mood }) => mood), guardian.children.some(({ tasks }) => tasks > 0), new Set(guardian.highlights.map(({ kind }) => kind)).size]).toEqual([true, true, 3]);
  expect(guardian.week!.total).toBeGreaterThan(0);
  for (const who of ["pp2", "grade3", "grade6", "grade8", "student"]) {
    const own = await of(world, who, (actor) => getStudentDashboard(ctx, actor));
    expect([who, ...[own.lessons, own.tasks, own.materials, own.goals].map(({ length }) => length > 0)]).toEqual([who, true, true, true, true]);
  }
  expect((await of(world, "grade8", (actor) => getStudentDashboard(ctx, actor))).minutes).toBeGreaterThan(0);
  const teacher = await of(world, "teacher", (actor) => getTeacherDashboard(ctx, actor));
  expect([teacher.pupils, teacher.classes, teacher.subjects, teacher.lessons, teacher.reviews].map(({ length }) => length > 0)).toEqual([true, true, true, true, true]);
  for (const who of ["tutor", "tutor-maths"]) {
    const tutor = await of(world, who, (actor) => getTutorDashboard(ctx, actor));
    expect([who, tutor.lessons.length > 0, tutor.students.some(({ minutes }) => minutes)]).toEqual([who, true, true]);
  }
});

test("OPS-2: no row points into the void", async () => {
  expect(await all("PRAGMA foreign_key_check")).toEqual([]);
});

test("OPS-2: cleared, nothing of it is left; loaded again on the same day it is the same", async () => {
  const loaded = await counted();
  await clearDemoData(world);
  expect(await counted()).toEqual(before);
  const again = livingWorld(testContext());
  expect(await loadDemoOnce(again)).toBe(true);
  expect(await counted()).toEqual(loaded);
}, 120_000);
