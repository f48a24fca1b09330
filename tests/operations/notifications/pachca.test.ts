import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { commit } from "#db/client.ts";
import { auditEvents, jobs } from "#db/schema/operation.ts";
import { consents } from "#db/schema/consent.ts";
import { conversations } from "#db/schema/conversations.ts";
import { integrations } from "#db/schema/integrations.ts";
import { deliveries } from "#db/schema/notifications.ts";
import { tellOfMessages } from "#app/domain/notifications/tell-of-messages.server.ts";
import { runJob } from "#app/domain/run-job.server.ts";
import { pachcaAnswers, pachcaMessages } from "#tests/vendors/client.ts";
import { visitor } from "#tests/visit.ts";
import type { Pachca } from "#app/domain/integrations/pachca.ts";
import { readPachca, setPachca, stopPachca, testPachca } from "#app/domain/integrations/pachca-settings.server.ts";
import { postToPachca } from "#app/domain/integrations/post-to-pachca.server.ts";
import { actorOf, makeEnrolment, makeFamily, makeSchool, makeTeacher, testContext, unique, type Family, type TestContext } from "#tests/world.ts";

const token = "pachca-token-of-the-test";
let family: Family;
let roomId: string;
let teacherId: string;
let channel: number;

beforeAll(async () => {
  const ctx = testContext(Date.now());
  family = await makeFamily(ctx);
  teacherId = await makeTeacher(ctx, family.schoolId);
  const { enrolmentId } = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId });
  [{ id: roomId } = { id: "" }] = await ctx.db.select({ id: conversations.id }).from(conversations).where(eq(conversations.enrolmentId, enrolmentId));
  channel = Math.floor(Math.random() * 1e9) + 1;
  const admin = await visitor(ctx, family.adminId);
  expect((await admin.post(`/admin/integrations?school=${family.schoolId}`, { act: "save", token, channelId: String(channel) })).status).toBe(303);
});

let seq = 100;
/** What the room's summary would write for a message of theirs. */
async function wrote(ctx: TestContext, senderId: string, more: { silent?: boolean; at?: number; text?: string } = {}): Promise<string> {
  const message = { seq: ++seq, at: more.at ?? ctx.clock.now(), senderId, silent: more.silent ?? false, deletedAt: null };
  const { writes } = tellOfMessages(ctx, { conversationId: roomId, last: message, readers: [{ userId: teacherId, capacity: "staff", readSeq: 0, unread: 1, from: null }, { userId: family.childId, capacity: "student", readSeq: 0, unread: 1, from: null }] });
  if (writes.length > 0) await commit(ctx.db, writes);
  return `job_pachca_${roomId}_${seq}`;
}
const jobOf = async (ctx: TestContext, id: string) => (await ctx.db.select().from(jobs).where(eq(jobs.id, id)))[0];
/** Every attempt the moment it is due, as the queue would by its delayed bell. */
async function runToEnd(ctx: TestContext, id: string): Promise<number[]> {
  const waits: number[] = [];
  for (let round = 0; round < 20; round++) {
    const before = await jobOf(ctx, id);
    if (!before || before.status === "done" || before.status === "failed") return waits;
    if (before.availableAt > ctx.clock.now()) {
      waits.push(before.availableAt - ctx.clock.now());
      ctx.setNow(before.availableAt);
    }
    await runJob(ctx, id);
  }
  throw new Error("never ends");
}
const freeTheChannel = (ctx: TestContext) => ctx.db.update(integrations).set({ nextAt: 0 }).where(eq(integrations.schoolId, family.schoolId));

test("CHT-10: what a student writes is told in the school's channel without a name or a word of it, once; what staff write and what is silent is not", async () => {
  const ctx = testContext(Date.now());
  const before = (await pachcaMessages(channel)).length;
  const id = await wrote(ctx, family.childId);
  seq--;
  await wrote(ctx, family.childId);
  await runToEnd(ctx, id);
  for (const other of [await wrote(ctx, teacherId), await wrote(ctx, family.childId, { silent: true }), await wrote(ctx, family.childId, { at: ctx.clock.now() - 3 * 86_400_000 })]) expect(await jobOf(ctx, other)).toBeUndefined();
  const posted = (await pachcaMessages(channel)).slice(before);
  expect(posted).toHaveLength(1);
  expect(posted[0]).toMatchObject({ entity_type: "discussion", entity_id: channel });
  expect(posted[0]!.content).toMatch(new RegExp(`^Subject-\\S+: new message\nhttp://localhost/messages/${roomId}$`));
});

test("CHT-10: only where the family lets chats go to outside services the notice says who wrote what", async () => {
  const ctx = testContext(Date.now());
  await freeTheChannel(ctx);
  const cell = { childId: family.childId, dataType: "chat_content", recipient: "outside_services", setBy: family.guardianId, setAt: ctx.clock.now() } as const;
  await ctx.db.insert(consents).values({ ...cell, granted: true });
  const sent = await ctx.rooms.send(roomId, { senderId: family.childId, senderName: "Amina", clientId: unique("client"), text: "May I bring the blue book?", at: ctx.clock.now(), silent: false, files: [] });
  seq = ("message" in sent ? sent.message.seq : 0) - 1;
  await runToEnd(ctx, await wrote(ctx, family.childId));
  expect((await pachcaMessages(channel)).at(-1)!.content).toContain("Amina: May I bring the blue book?");
  await ctx.db.update(consents).set({ until: ctx.clock.now() }).where(eq(consents.childId, family.childId));
  seq = 1000;
  await freeTheChannel(ctx);
  await runToEnd(ctx, await wrote(ctx, family.childId));
  expect((await pachcaMessages(channel)).at(-1)!.content).not.toContain("Amina");
});

test("CHT-10: a channel that is busy is asked again after one second, two and four, or when it says; then no more", async () => {
  const ctx = testContext(Date.now());
  await freeTheChannel(ctx);
  await pachcaAnswers(channel, [{ status: 503 }, { status: 429, retryAfter: 9 }, { status: 500 }]);
  const id = await wrote(ctx, family.childId);
  const [first, second, third] = await runToEnd(ctx, id);
  for (const [wait, least] of [[first, 1000], [second, 9000], [third, 4000]] as const) expect([wait! >= least, wait! < least + 500]).toEqual([true, true]);
  expect(await jobOf(ctx, id)).toMatchObject({ status: "done", attempts: 4 });
  await pachcaAnswers(channel, [502, 502, 502, 502, 502].map((status) => ({ status })));
  const lost = await wrote(ctx, family.childId);
  await freeTheChannel(ctx);
  expect(await runToEnd(ctx, lost)).toHaveLength(3);
  expect(await jobOf(ctx, lost)).toMatchObject({ status: "failed", attempts: 4 });
  expect(await ctx.db.select().from(deliveries).where(eq(deliveries.id, `dlv_pachca_${roomId}_${seq}`))).toMatchObject([{ channel: "pachca", outcome: "failed", attempts: 4, problem: "Pachca answered 502" }]);
  await pachcaAnswers(channel, []);
});

test("CHT-10: no more than four a second go to a channel, and none is lost for it", async () => {
  const ctx = testContext(Date.now());
  await freeTheChannel(ctx);
  const from = ctx.clock.now();
  const before = (await pachcaMessages(channel)).length;
  const ids = [];
  for (let n = 0; n < 6; n++) ids.push(await wrote(ctx, family.childId));
  const done: number[] = [];
  while (done.length < 6) {
    for (const id of ids) if ((await jobOf(ctx, id))!.status === "waiting" && (await jobOf(ctx, id))!.availableAt <= ctx.clock.now()) {
      await runJob(ctx, id);
      if ((await jobOf(ctx, id))!.status === "done") done.push(ctx.clock.now() - from);
    }
    ctx.setNow(ctx.clock.now() + 50);
    expect(ctx.clock.now() - from).toBeLessThan(30_000);
  }
  for (let n = 0; n + 4 < done.length; n++) expect(done[n + 4]! - done[n]!).toBeGreaterThanOrEqual(1000);
  expect(await pachcaMessages(channel)).toHaveLength(before + 6);
  expect((await Promise.all(ids.map((id) => jobOf(ctx, id)))).map((job) => job!.attempts)).toEqual(Array(6).fill(1));
});

test("CHT-10: the token is sealed, never shown and never in the log; the test message, the switch and who may", async () => {
  const ctx = testContext(Date.now());
  const admin = await visitor(ctx, family.adminId);
  const at = `/admin/integrations?school=${family.schoolId}`;
  const [row] = await ctx.db.select().from(integrations).where(eq(integrations.schoolId, family.schoolId));
  expect(row!.sealedToken).not.toContain(token);
  expect(await (await admin.open(at)).text()).not.toContain(token);
  expect((await admin.post(at, { act: "test" })).status).toBe(303);
  expect((await pachcaMessages(channel)).at(-1)!.content).toBe("Kinboard is connected with this channel.");
  await pachcaAnswers(channel, [{ status: 401 }]);
  const refused = await admin.post(at, { act: "test" });
  expect([refused.status, (await refused.text()).includes("Pachca refused it")]).toEqual([409, true]);
  const wrong = await admin.post(at, { act: "save", token, channelId: "first" });
  const page = await wrong.text();
  expect([wrong.status, page.includes("in digits only"), page.includes('value="first"'), page.includes(token)]).toEqual([400, true, true, false]);
  const teacher = await visitor(ctx, teacherId);
  expect([(await teacher.open(at)).status, (await teacher.post(at, { act: "stop" })).status]).toEqual([404, 404]);
  expect((await admin.post(at, { act: "stop" })).status).toBe(303);
  expect(await jobOf(ctx, await wrote(ctx, family.childId))).toBeUndefined();
  const events = await ctx.db.select({ action: auditEvents.action, details: sql<string>`details` }).from(auditEvents).where(eq(auditEvents.subjectId, family.schoolId));
  expect(events.map(({ action }) => action)).toEqual(expect.arrayContaining(["integration.set", "integration.tested", "integration.stopped"]));
  expect(JSON.stringify(events)).not.toContain(token);
});

test("CHT-10: without a token nothing is set, a token left out stays as it is, and what is not set is neither tested nor stopped", async () => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const admin = await actorOf(ctx, school.adminId);
  for (const act of [testPachca, stopPachca]) await expect(act(ctx, admin, school.schoolId)).rejects.toMatchObject({ code: "conflict", reason: "pachca_not_set" });
  await expect(setPachca(ctx, admin, school.schoolId, { channelId: 7 })).rejects.toMatchObject({ fields: [{ path: "token", message: "missing" }] });
  expect(await readPachca(ctx, admin, school.schoolId)).toBeNull();
  await setPachca(ctx, admin, school.schoolId, { token, channelId: 7 });
  await setPachca(ctx, admin, school.schoolId, { channelId: 8 });
  expect(await readPachca(ctx, admin, school.schoolId)).toMatchObject({ channelId: 8, active: true });
  const posted: string[] = [];
  const answering = (answer: Awaited<ReturnType<Pachca["post"]>>) => ({ ...ctx, pachca: { post: async (asked: { token: string }) => { posted.push(asked.token); return answer; } } });
  await expect(testPachca(answering({ taken: false, again: "later", afterMs: 0, status: 429 }), admin, school.schoolId)).rejects.toMatchObject({ code: "conflict", reason: "pachca_busy" });
  await expect(testPachca(answering({ taken: false, again: "no", status: 401 }), admin, school.schoolId)).rejects.toMatchObject({ code: "conflict", reason: "pachca_refused" });
  expect(posted).toEqual([token, token]);
});

test("CHT-10: a channel that cannot be reached is tried again and says so; of a room of no school, and of words that are taken back, nothing goes out", async () => {
  const ctx = testContext(Date.now());
  const admin = await actorOf(ctx, family.adminId);
  await setPachca(ctx, admin, family.schoolId, { channelId: channel });
  await freeTheChannel(ctx);
  let posts = 0;
  const away = { ...ctx, pachca: { post: async () => { posts++; return { taken: false as const, status: null, again: "later" as const, afterMs: 0 }; } } };
  await postToPachca(away, { conversationId: "conv_unknown", seq: 1 }, 1);
  expect(posts).toBe(0);
  await expect(postToPachca(away, { conversationId: roomId, seq: 1 }, 1)).rejects.toThrow("Pachca cannot be reached");
  expect(await readPachca(ctx, admin, family.schoolId)).toMatchObject({ problem: "Pachca cannot be reached" });
  await ctx.db.insert(consents).values({ childId: family.childId, dataType: "chat_content", recipient: "outside_services", granted: true, setBy: family.guardianId, setAt: 1 }).onConflictDoUpdate({ target: [consents.childId, consents.dataType, consents.recipient], set: { granted: true, until: null } });
  await freeTheChannel(ctx);
  await postToPachca(away, { conversationId: roomId, seq: 987_654 }, 1);
  expect(posts).toBe(1);
});
