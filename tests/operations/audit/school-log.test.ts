import { beforeEach, expect, test } from "vitest";
import { env } from "cloudflare:workers";
import { record, type Act } from "#app/domain/audit.server.ts";
import { sealAudit } from "#app/domain/audit/seal-audit.server.ts";
import { en } from "#app/i18n/en/index.ts";
import { api, join, makeSchool, makeUser, send, signedIn, testContext, unique, type School, type TestContext } from "#tests/world.ts";

const { DB } = env as unknown as { DB: D1Database };
type Entry = { id: string; action: string; sentence: string; actorId: string | null; actorName: string | null; personName: string | null; at: string };
let ctx: TestContext;
let school: School;
let token: string;
let childId: string;
beforeEach(async () => {
  ctx = testContext();
  school = await makeSchool(ctx);
  token = await signedIn(ctx, school.adminId);
  childId = await makeUser(ctx, "child", "Amina");
  await join(ctx, childId, school.schoolId, "student");
});

async function act(more: Partial<Act> & { by?: string | null } = {}): Promise<void> {
  const { by = school.adminId, ...rest } = more;
  await ctx.db.batch([record(ctx, by === null ? null : { userId: by }, { action: "plan.created", subjectId: unique("plan"), schoolId: school.schoolId, details: { name: "Ten hours" }, ...rest }) as never]);
}
const list = async (query = "") => ((await (await api("GET", `/admin/audit?${query}`, { token })).json()) as { items: Entry[]; nextCursor: string | null });

test("SCH-9: the log of a school in plain sentences, newest first, by pages; of no other school, and no family's own act", async () => {
  const other = await makeSchool(ctx);
  const guardian = await makeUser(ctx, "adult", "Grace");
  await act();
  ctx.setNow(ctx.clock.now() + 1000);
  await act({ action: "purchase.asked", by: guardian, childId, details: { plan: "Maths", reason: "a family's words" } });
  ctx.setNow(ctx.clock.now() + 1000);
  await act({ action: "robot.dusted_off", by: null, childId });
  await act({ schoolId: other.schoolId });
  await ctx.db.batch([record(ctx, { userId: guardian }, { action: "budget_control.set", subjectId: "x", childId }) as never]);
  const { items } = await list();
  expect(items.map((entry) => entry.sentence)).toEqual(["Kinboard robot dusted off (Amina).", "Somebody of the family asked for “Maths” for Amina.", "Admin added the plan “Ten hours”."]);
  expect(items[1]).toMatchObject({ actorId: null, actorName: null, personName: "Amina" });
  expect(JSON.stringify(items)).not.toMatch(/Grace|family's words|robot\.dusted_off.*reason/);
  const first = await list("limit=2");
  expect(first.items).toEqual(items.slice(0, 2));
  expect(await list(`limit=2&cursor=${first.nextCursor}`)).toEqual({ items: items.slice(2), nextCursor: null });
});

test("SCH-9: filtered by who did it, whom it concerns, what it was and the school's own days; all together", async () => {
  const second = await makeUser(ctx, "adult", "Second");
  await join(ctx, second, school.schoolId, "school_admin");
  await act({ action: "person.changed", subjectId: childId, childId, by: second });
  await act({ action: "person.created", subjectId: childId, childId });
  await act();
  const names = async (query: string) => (await list(query)).items.map((entry) => entry.action).sort();
  expect(await names(`actor=${second}`)).toEqual(["person.changed"]);
  expect(await names(`person=${childId}`)).toEqual(["person.changed", "person.created"]);
  expect(await names("action=plan.created")).toEqual(["plan.created"]);
  expect(await names(`person=${childId}&actor=${school.adminId}`)).toEqual(["person.created"]);
  expect(await names("from=2026-11-24&to=2026-11-24")).toHaveLength(3);
  expect(await names("to=2026-11-23")).toEqual([]);
  expect(await names("from=2026-11-25")).toEqual([]);
  expect((await api("GET", "/admin/audit?from=yesterday", { token })).status).toBe(400);
});

test("SCH-9: taken along whole as CSV, formulas neutralised; taking it along is itself in the log", async () => {
  await DB.prepare("UPDATE users SET name = '=HYPERLINK(\"http://evil\")' WHERE id = ?").bind(childId).run();
  for (let n = 0; n < 3; n++) await act({ action: "person.changed", subjectId: childId, childId });
  const answer = await api("GET", "/admin/audit/export", { token });
  expect(answer.headers.get("Content-Type")).toContain("text/csv");
  const lines = (await answer.text()).trim().split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect((await list("action=audit.exported")).items).toHaveLength(1);
});

test("SCH-9: long logs are exported page after page", async () => {
  await DB.prepare(`INSERT INTO audit_events (id, at, actor_id, action, subject_id, school_id, details) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT ?1 || printf('%05d', i), i, NULL, 'plan.changed', 'plan', ?2, '{}' FROM n`).bind(unique("audit"), school.schoolId).run();
  const lines = (await (await api("GET", "/admin/audit/export", { token })).text()).trim().split("\r\n");
  expect(new Set(lines).size).toBe(1201);
});

test("SCH-9: verification over HTTP and on the page names the tampered entry, in words", async () => {
  await act();
  await act();
  await sealAudit(ctx);
  const verify = async () => (await (await api("GET", "/admin/audit/verification", { token })).json()) as { checked: number; faults: { code: string; eventId: string }[]; head: { digest: string } };
  const whole = await verify();
  expect(whole).toMatchObject({ checked: 2, faults: [] });
  const cookie = `kinboard=${await signedIn(ctx, school.adminId, { kind: "browser" })}`;
  const page = async () => (await send("GET", "/admin/audit?verify", { headers: { Cookie: cookie } })).text();
  expect(await page()).toContain(en.audit.whole(2));
  const id = (await list()).items[0]!.id;
  const trigger = await DB.prepare("SELECT sql FROM sqlite_master WHERE name = 'audit_events_never_change'").first<string>("sql");
  await DB.batch([DB.prepare("DROP TRIGGER audit_events_never_change"), DB.prepare("UPDATE audit_events SET details = '{}' WHERE id = ?").bind(id), DB.prepare(trigger!)]);
  expect((await verify()).faults).toMatchObject([{ code: "changed", eventId: id }]);
  expect(await page()).toContain(id);
});

test("SCH-9: only the administration reads it", async () => {
  const teacher = await makeUser(ctx, "adult");
  await join(ctx, teacher, school.schoolId, "teacher");
  for (const path of ["", "/export", "/verification"]) expect((await api("GET", `/admin/audit${path}?schoolId=${school.schoolId}`, { token: await signedIn(ctx, teacher) })).status).toBe(403);
});
