import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { record, type Act } from "#app/domain/audit.server.ts";
import { sealAudit } from "#app/domain/audit/seal-audit.server.ts";
import { verifyAuditChain } from "#app/domain/audit/verify-audit-chain.server.ts";
import { testContext, unique, type TestContext } from "#tests/world.ts";

const { DB } = env as unknown as { DB: D1Database };
let ctx: TestContext;
let schoolId: string;
beforeEach(() => {
  ctx = testContext();
  schoolId = unique("school");
});

async function act(more: Partial<Act> = {}, actorId: string | null = "user_actor"): Promise<string> {
  const subjectId = unique("subject");
  await ctx.db.batch([record(ctx, actorId === null ? null : { userId: actorId }, { action: "plan.created", subjectId, schoolId, details: { name: "Ten hours", price: 100 }, ...more }) as never]);
  return (await DB.prepare("SELECT id FROM audit_events WHERE subject_id = ?").bind(more.subjectId ?? subjectId).first<string>("id"))!;
}
const acts = async (count: number, more: Partial<Act> = {}) => {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await act(more));
  return ids;
};

/** As somebody would who has the database in hand. */
async function tamper(trigger: string, change: string, ...bound: unknown[]): Promise<void> {
  const sql = (await DB.prepare("SELECT sql FROM sqlite_master WHERE name = ?").bind(trigger).first<string>("sql"))!;
  await DB.batch([DB.prepare(`DROP TRIGGER ${trigger}`), DB.prepare(change).bind(...bound), DB.prepare(sql)]);
}
const verify = (more: object = {}) => verifyAuditChain(ctx, { schoolId }, more);

test("SCH-9: what was recorded is sealed in the order of commitment, each seal upon the last, and verifies", async () => {
  await acts(3);
  expect(await verify()).toMatchObject({ checked: 0, faults: [], unsealed: 3, next: null });
  expect(await sealAudit(ctx)).toBeGreaterThanOrEqual(3);
  expect(await verify()).toMatchObject({ checked: 3, erased: 0, faults: [], unsealed: 0, next: null });
  await acts(2);
  expect(await verify()).toMatchObject({ checked: 3, unsealed: 2 });
  await sealAudit(ctx);
  expect(await sealAudit(ctx)).toBe(0);
  expect(await verifyAuditChain(ctx, "all")).toMatchObject({ faults: [], unsealed: 0 });
});

test("SCH-9: an event that commits late, with an id smaller than the last sealed, is sealed after it", async () => {
  const late = record(ctx, null, { action: "plan.created", subjectId: unique("late"), schoolId });
  await acts(2);
  await sealAudit(ctx);
  await ctx.db.batch([late as never]);
  expect(await sealAudit(ctx)).toBe(1);
  expect(await verify()).toMatchObject({ checked: 3, faults: [], unsealed: 0 });
});

test("SCH-9: sweeps that run at once or doubled seal each event once, and the chain holds", async () => {
  await acts(30);
  const sealed = await Promise.all(Array.from({ length: 5 }, () => sealAudit(ctx)));
  expect(sealed.reduce((sum, one) => sum + one, 0)).toBe(30);
  expect(await verifyAuditChain(ctx, "all")).toMatchObject({ faults: [] });
  expect(await verify()).toMatchObject({ checked: 30, faults: [] });
});

test("SCH-9: what a sweep reads does not grow with the log", async () => {
  const cost = async () => {
    await acts(5);
    ctx.meter.rowsRead = 0;
    expect(await sealAudit(ctx)).toBe(5);
    return ctx.meter.rowsRead;
  };
  const before = await cost();
  await acts(200);
  await sealAudit(ctx);
  expect(await cost()).toBe(before);
  const small = unique("school");
  await acts(1, { schoolId: small });
  await sealAudit(ctx);
  ctx.meter.rowsRead = 0;
  await verifyAuditChain(ctx, { schoolId: small });
  expect(ctx.meter.rowsRead).toBeLessThan(20);
});

test("SCH-9: long chains are verified in stretches that together see every seal once", async () => {
  const ids = await acts(7);
  await sealAudit(ctx);
  const seen: number[] = [];
  let from: string | null = null;
  do {
    const stretch = await verify({ from, limit: 3 });
    expect(stretch.faults).toEqual([]);
    seen.push(stretch.checked);
    from = stretch.next;
  } while (from);
  expect(seen).toEqual([3, 3, 1]);
  expect((await verify({ from: ids[2], limit: 3 })).next).toBe(ids[5]);
});

test("SCH-9: the log cannot be changed or shortened; nor can its seals", async () => {
  const [id] = await acts(1);
  await sealAudit(ctx);
  for (const write of ["UPDATE audit_events SET details = '{}' WHERE id = ?", "UPDATE audit_events SET actor_id = 'erased_x', who_salt = NULL, address = NULL, user_agent = NULL WHERE id = ?", "DELETE FROM audit_events WHERE id = ?", "UPDATE audit_seals SET what = '' WHERE event_id = ?", "DELETE FROM audit_seals WHERE event_id = ?"]) {
    await expect(DB.prepare(write).bind(id).run()).rejects.toThrow("audit_is_append_only");
  }
});

test.each(["details = json_set(details, '$.price', 1)", "actor_id = 'user_somebody'", "at = at - 1", "action = 'plan.seen'", "subject_id = 'plan_other'", "child_id = 'user_child'", "address = NULL", "request_id = NULL", "family_id = 'fam_x'",
  "details = '{}', what_salt = NULL", "details = '{}', what_salt = NULL, erasure_id = 'audit_nothing'"])("SCH-9: a tampered row is found and named: %s", async (change) => {
  const ids = await acts(4);
  await sealAudit(ctx);
  await tamper("audit_events_never_change", `UPDATE audit_events SET ${change} WHERE id = ?`, ids[1]);
  expect((await verify()).faults).toEqual([{ code: "changed", eventId: ids[1], at: expect.any(Number) as number }]);
});

test("SCH-9: a deleted row is missed, one slipped in is found, a rewritten seal breaks the link", async () => {
  const ids = await acts(6);
  await sealAudit(ctx);
  await tamper("audit_events_never_vanish", "DELETE FROM audit_events WHERE id = ?", ids[1]);
  expect((await verify()).faults).toEqual([{ code: "missing", eventId: ids[1], at: null }]);
  await DB.prepare("INSERT INTO audit_events (seq, id, at, action, subject_id, school_id, details) VALUES (-1, ?1, 1, 'plan.created', 'x', ?2, '{}')").bind(unique("audit"), schoolId).run();
  expect((await verify()).faults.map((fault) => fault.code)).toEqual(["missing", "unsealed"]);
  await tamper("audit_seals_never_change", "UPDATE audit_seals SET frame = 'forged' WHERE event_id = ?", ids[4]);
  expect((await verify()).faults).toMatchObject([{ code: "missing" }, { code: "broken_link", eventId: ids[4] }, { code: "changed", eventId: ids[4] }, { code: "unsealed" }]);
  await tamper("audit_events_never_vanish", "DELETE FROM audit_events WHERE seq < ?", 0);
});

test("SCH-9: an event that went with its seal leaves a broken link behind", async () => {
  const ids = await acts(3);
  await sealAudit(ctx);
  await tamper("audit_events_never_vanish", "DELETE FROM audit_events WHERE id = ?", ids[1]);
  await tamper("audit_seals_never_vanish", "DELETE FROM audit_seals WHERE event_id = ?", ids[1]);
  expect((await verify()).faults).toMatchObject([{ code: "broken_link", eventId: ids[2] }]);
});

test("SCH-9, CON-3: a part is verified by itself: another school's fault is not told, a child's is", async () => {
  const childId = unique("user");
  const [ours] = await acts(2, { childId });
  await sealAudit(ctx);
  await tamper("audit_events_never_change", "UPDATE audit_events SET details = '[]' WHERE id = ?", ours);
  const other = unique("school");
  await acts(1, { schoolId: other });
  await sealAudit(ctx);
  expect(await verifyAuditChain(ctx, { schoolId: other })).toMatchObject({ checked: 1, faults: [] });
  expect(await verifyAuditChain(ctx, { childId })).toMatchObject({ checked: 2, faults: [{ code: "changed", eventId: ours }] });
});
