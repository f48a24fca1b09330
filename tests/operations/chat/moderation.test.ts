import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { announce } from "#app/domain/announcements/announce.server.ts";
import { getSchoolDashboard } from "#app/domain/dashboards/school-dashboard.server.ts";
import { decideReport } from "#app/domain/moderation/decide-report.server.ts";
import { forgetReportedWords } from "#app/domain/moderation/forget-reported-words.server.ts";
import { listReports, readReport } from "#app/domain/moderation/read-reports.server.ts";
import { listReportable, reportMessage } from "#app/domain/moderation/report-message.server.ts";
import { accessLog } from "#db/schema/consent.ts";
import { conversations, messageReports } from "#db/schema/conversations.ts";
import { notifications } from "#db/schema/notifications.ts";
import { memberships } from "#db/schema/schools.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { beforeCommit } from "#tests/before-commit.ts";
import { actorOf, join, makeOwner, makeSchool, testContext, unique, type Family, type TestContext } from "#tests/world.ts";
import { makeRoom } from "./world.ts";

const ctx = testContext(Date.now());
const NOTHING = { reason: "hurtful" as const, words: null };
let family: Family;
let teacherId: string;
let roomId: string;

beforeAll(async () => {
  ({ teacherId, roomId, ...family } = await makeRoom(ctx));
});

async function say(text: string, senderId = teacherId): Promise<number> {
  const sent = await ctx.rooms.send(roomId, { senderId, senderName: "Teacher", clientId: unique("message"), text, at: ctx.clock.now(), silent: false, files: [] });
  if ("refused" in sent) throw new Error(sent.refused);
  return sent.message.seq;
}
const report = async (userId: string, seq: number, more: Partial<typeof NOTHING> = {}) => (await reportMessage(ctx, await actorOf(ctx, userId), roomId, seq, { ...NOTHING, ...more })).id;
const admin = () => actorOf(ctx, family.adminId);
const told = async (userId: string) => (await ctx.db.select().from(notifications).where(eq(notifications.userId, userId))).filter(({ type }) => type.startsWith("moderation.")).map(({ type }) => type);

test("CHT-7: a child reports a message; the school sees it with what was said around it, and the child's guardians see that somebody looked", async () => {
  for (const line of ["one", "two", "three"]) await say(line);
  const seq = await say("You are stupid");
  for (const line of ["five", "six", "seven", "eight"]) await say(line);
  const id = await report(family.childId, seq);
  expect(await told(family.adminId)).toContain("moderation.reported");
  expect(await told(teacherId)).toEqual([]);
  const queue = await listReports(ctx, await admin(), family.schoolId, "open", { limit: 20 });
  expect(queue.items.map((item) => item.id)).toContain(id);
  expect(JSON.stringify(queue)).not.toContain("stupid");
  expect((await getSchoolDashboard(ctx, await admin())).reports, "on the school's home").toBe(queue.items.length);
  await ctx.answered();
  expect(await ctx.db.select().from(accessLog).where(eq(accessLog.viewerId, family.adminId))).toEqual([]);
  const read = await readReport(ctx, await admin(), id);
  expect(read.text).toBe("You are stupid");
  expect(read.around.map(({ text }) => text)).toEqual(["one", "two", "three", "five", "six", "seven"]);
  await ctx.answered();
  expect(await ctx.db.select().from(accessLog).where(eq(accessLog.viewerId, family.adminId))).toMatchObject([{ childId: family.childId, dataType: "chat_content", capacity: "school_administration" }]);
});

test("CHT-7: taken away it is gone for all, both sides are told, and who reported it is named to no author", async () => {
  const seq = await say("Something bad");
  const [id, other] = [await report(family.childId, seq), await report(family.guardianId, seq, { reason: "hurtful" })];
  await decideReport(ctx, await admin(), id, { outcome: "removed", note: "Be kind" });
  expect(await ctx.rooms.find(roomId, { seq, readsFrom: 0 })).toMatchObject({ text: "" });
  expect([await told(family.childId), await told(family.guardianId), await told(teacherId)]).toEqual([["moderation.upheld"], ["moderation.upheld"], ["moderation.removed"]]);
  const [note] = await ctx.db.select().from(notifications).where(and(eq(notifications.userId, teacherId), eq(notifications.type, "moderation.removed")));
  expect(note?.facts).toEqual({ note: "Be kind" });
  // One decision is for all who reported it, and is final.
  expect((await readReport(ctx, await admin(), other)).status).toBe("removed");
  await expect(decideReport(ctx, await admin(), other, { outcome: "dismissed", note: null })).rejects.toMatchObject({ code: "conflict", reason: "report_decided" });
  expect((await ctx.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))).map(({ action }) => action)).toEqual(["message.reported", "message_report.removed"]);
});

test("CHT-7: of two who decide at once one does, and a dismissal is told to who reported alone", async () => {
  const seq = await say("Homework is due on Friday");
  const id = await report(family.childId, seq);
  const owner = await actorOf(ctx, await makeOwner(ctx, family.schoolId));
  const answers = await Promise.allSettled([decideReport(ctx, await admin(), id, { outcome: "dismissed", note: null }), decideReport(ctx, owner, id, { outcome: "dismissed", note: null })]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await ctx.rooms.find(roomId, { seq, readsFrom: 0 })).toMatchObject({ text: "Homework is due on Friday" });
  expect([(await told(family.childId)).at(-1), (await told(teacherId)).filter((type) => type !== "moderation.removed")]).toEqual(["moderation.dismissed", []]);
});

test("CHT-7: what was reported is kept though its author deletes it, for thirty days, the last second excluded", async () => {
  const seq = await say("Meet me alone");
  const id = await report(family.guardianId, seq, { reason: "hurtful" });
  await ctx.rooms.remove(roomId, { senderId: teacherId, seq, at: ctx.clock.now() });
  expect((await readReport(ctx, await admin(), id)).text).toBe("Meet me alone");
  const now = ctx.clock.now();
  ctx.setNow(now + 30 * DAY - 1);
  await forgetReportedWords(ctx);
  expect((await readReport(ctx, await admin(), id)).text).toBe("Meet me alone");
  ctx.setNow(now + 30 * DAY);
  await forgetReportedWords(ctx);
  expect((await readReport(ctx, await admin(), id)).text).toBeNull();
  ctx.setNow(now);
});

test("CHT-7: one reports what one may read, of others, once, while it is there", async () => {
  const seq = await say("Hello");
  const own = await say("Mine", family.childId);
  const gone = await say("Oops");
  await ctx.rooms.remove(roomId, { senderId: teacherId, seq: gone, at: ctx.clock.now() });
  await report(family.childId, seq);
  await expect(report(family.childId, seq)).rejects.toMatchObject({ code: "conflict", reason: "reported_before" });
  await expect(report(family.childId, own)).rejects.toMatchObject({ code: "forbidden", reason: "report_own_message" });
  for (const missing of [gone, 9999]) await expect(report(family.childId, missing)).rejects.toMatchObject({ code: "not_found" });
  // No right to talk with teachers, another family, and the administration itself: the room is unknown to them.
  for (const userId of [family.viewerId, family.siblingId, family.adminId]) await expect(report(userId, seq)).rejects.toMatchObject({ code: "not_found" });
  const { items } = await listReportable(ctx, await actorOf(ctx, family.childId), roomId, { limit: 100 });
  expect(items.map((item) => item.seq)).toContain(seq);
  expect(items.some((item) => item.seq === own || item.seq === gone)).toBe(false);
});

test("CHT-7: a family's own room has no moderators", async () => {
  const id = ctx.ids.make("conv");
  await ctx.db.insert(conversations).values({ id, kind: "family", familyId: family.familyId, createdAt: ctx.clock.now() });
  await expect(listReportable(ctx, await actorOf(ctx, family.childId), id, { limit: 20 })).rejects.toMatchObject({ code: "forbidden", reason: "room_has_no_moderators" });
});

test("CHT-7: nobody moderates their own messages, nor another school's", async () => {
  await join(ctx, teacherId, family.schoolId, "school_admin");
  const seq = await say("I run this place");
  const id = await report(family.childId, seq);
  const author = await actorOf(ctx, teacherId);
  expect((await listReports(ctx, author, family.schoolId, "open", { limit: 50 })).items.map((item) => item.id)).not.toContain(id);
  const stranger = await actorOf(ctx, (await makeSchool(ctx)).adminId);
  for (const actor of [author, stranger, await actorOf(ctx, family.guardianId)]) {
    await expect(readReport(ctx, actor, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(decideReport(ctx, actor, id, { outcome: "dismissed", note: null })).rejects.toMatchObject({ code: "not_found" });
  }
  expect(await told(teacherId)).not.toContain("moderation.reported");
  await expect(listReports(ctx, stranger, family.schoolId, "open", { limit: 20 })).rejects.toMatchObject({ code: "not_found" });
  expect((await ctx.db.select().from(messageReports).where(eq(messageReports.id, id)).get())?.status).toBe("open");
});

test("CHT-7: what the only one wrote who runs a school is decided by those who help all schools; where there are none, who reported it is told so", async () => {
  const [world, help] = [await makeRoom(ctx), await makeSchool(ctx)];
  await join(ctx, world.teacherId, world.schoolId, "school_admin");
  await ctx.db.update(memberships).set({ active: false }).where(and(eq(memberships.userId, world.adminId), eq(memberships.schoolId, world.schoolId)));
  const lay = async (at: TestContext, text: string) => {
    const sent = await ctx.rooms.send(world.roomId, { senderId: world.teacherId, senderName: "Teacher", clientId: unique("message"), text, at: ctx.clock.now(), silent: false, files: [] });
    if ("refused" in sent) throw new Error(sent.refused);
    return reportMessage(at, world.child, world.roomId, sent.message.seq, NOTHING);
  };
  const helped = { ...ctx, settings: { ...ctx.settings, help: { schoolId: help.schoolId, email: null } } };
  const author = await actorOf(ctx, world.teacherId);

  const kept = await lay(ctx, "Nobody can touch me");
  expect(kept.before).toBe("nobody");
  await expect(decideReport(ctx, author, kept.id, { outcome: "dismissed", note: null })).rejects.toMatchObject({ code: "not_found" });
  const { id, before } = await lay(helped, "Nor me");
  expect(before).toBe("help");
  expect(await told(help.adminId)).toEqual(["moderation.reported"]);
  await expect(decideReport(helped, author, id, { outcome: "dismissed", note: null })).rejects.toMatchObject({ code: "not_found" });
  const helper = await actorOf(ctx, help.adminId);
  expect((await listReports(helped, helper, help.schoolId, "open", { limit: 20 })).items.map((item) => item.id)).toEqual([id]);
  await decideReport(helped, helper, id, { outcome: "removed", note: null });
  expect(await told(world.childId)).toEqual(["moderation.upheld"]);

  // As soon as somebody else runs the school, what waits is theirs.
  const owner = await makeOwner(ctx, world.schoolId);
  expect((await lay(helped, "Third")).before).toBe("school");
  await decideReport(ctx, await actorOf(ctx, owner), kept.id, { outcome: "dismissed", note: null });
  expect(await told(world.childId)).toEqual(["moderation.upheld", "moderation.dismissed"]);
});

test("CHT-7: both lists of reports are read page by page, and what one could report too", async () => {
  const fresh = await makeRoom(ctx);
  const said = async (text: string) => {
    const sent = await ctx.rooms.send(fresh.roomId, { senderId: fresh.teacherId, senderName: "Teacher", clientId: unique("message"), text, at: ctx.clock.now(), silent: false, files: [] });
    return (sent as { message: { seq: number } }).message.seq;
  };
  const moderator = await actorOf(ctx, fresh.adminId);
  const ids: string[] = [];
  for (const text of ["one", "two", "three"]) ids.push((await reportMessage(ctx, fresh.child, fresh.roomId, await said(text), NOTHING)).id);
  const all = async (status: "open" | "decided") => {
    const found: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 4; pages++) {
      const { items, nextCursor } = await listReports(ctx, moderator, fresh.schoolId, status, { limit: 1, cursor });
      found.push(...items.map(({ id }) => id));
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    return found.sort();
  };
  expect(await all("open")).toEqual([...ids].sort());
  for (const id of ids) await decideReport(ctx, moderator, id, { outcome: "dismissed", note: null });
  expect([await all("open"), await all("decided")]).toEqual([[], [...ids].sort()]);
  const last = await listReportable(ctx, fresh.child, fresh.roomId, { limit: 2 });
  expect([last.items.map(({ text }) => text), last.older]).toEqual([["two", "three"], 2]);
  const first = await listReportable(ctx, fresh.child, fresh.roomId, { limit: 2, before: last.older! });
  expect([first.items.map(({ text }) => text), first.older]).toEqual([["one"], null]);
});

test("CHT-7: what is reported of a room that is about no child is looked at without a child's log; of two reports or decisions at once one counts", async () => {
  const fresh = await makeRoom(ctx);
  const moderator = await actorOf(ctx, fresh.adminId);
  const { conversationId, seq } = await announce(ctx, fresh.teacher, { classId: fresh.classId, schoolId: null }, { text: "Losers", silent: true, sendAt: null, clientId: unique("message") });
  const tell = (to: TestContext) => reportMessage(to, fresh.guardian, conversationId, seq!, NOTHING);
  await expect(tell(beforeCommit(ctx, () => tell(ctx)))).rejects.toMatchObject({ code: "conflict", reason: "reported_before" });
  const { id, childId } = (await ctx.db.select().from(messageReports).where(eq(messageReports.conversationId, conversationId)))[0]!;
  expect(childId).toBeNull();
  expect((await readReport(ctx, moderator, id)).text).toBe("Losers");
  await ctx.answered();
  expect(await ctx.db.select().from(accessLog).where(eq(accessLog.viewerId, fresh.adminId))).toEqual([]);
  const decide = (to: TestContext) => decideReport(to, moderator, id, { outcome: "removed", note: null });
  await expect(decide(beforeCommit(ctx, () => decide(ctx)))).rejects.toMatchObject({ code: "conflict", reason: "report_decided" });
  await expect(decide(ctx)).rejects.toMatchObject({ code: "conflict", reason: "report_decided" });
  expect((await ctx.db.select({ childId: auditEvents.childId }).from(auditEvents).where(and(eq(auditEvents.subjectId, id), eq(auditEvents.action, "message_report.removed"))))).toEqual([{ childId: null }]);
});
