import { beforeAll, expect, test } from "vitest";
import { and, eq } from "drizzle-orm";
import { exportRoom } from "#app/domain/chat/export-room.server.ts";
import { attach, dropUnsent, readRoomFile } from "#app/domain/chat/files.server.ts";
import { listMessages } from "#app/domain/chat/read-room.server.ts";
import { removeMessage, sendMessage } from "#app/domain/chat/say.server.ts";
import { conversationFiles, conversations } from "#db/schema/conversations.ts";
import { guardianships } from "#db/schema/families.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { digestOf } from "#app/domain/files/keep-bytes.server.ts";
import { readZip } from "#app/domain/zip.ts";
import { actorOf, api, runJobs, signedIn, testContext } from "../../world.ts";
import { pngOf } from "../identity/pictures.ts";
import { makeRoom } from "./world.ts";

const ctx = testContext(Date.now());
let world: Awaited<ReturnType<typeof makeRoom>>;
const pdf = (word: string) => ({ name: `${word}.pdf`, bytes: new TextEncoder().encode(`%PDF-1.4 ${word}`) });
beforeAll(async () => {
  world = await makeRoom(ctx);
});
const open = async (userId: string, fileId: string) => {
  const answer = await api("GET", `/conversations/${world.roomId}/attachments/${fileId}`, { token: await signedIn(ctx, userId) });
  return answer.status === 200 ? answer.text() : answer.status;
};

test("CHT-4: a file goes with a message, and is open to who may read the message, asked on every read", async () => {
  const [id] = await attach(ctx, world.child, world.roomId, [pdf("sums")]);
  expect([await open(world.childId, id!), await open(world.teacherId, id!)]).toEqual(["%PDF-1.4 sums", 404]);
  await sendMessage(ctx, world.child, world.roomId, { text: "", fileIds: [id!] });
  expect((await listMessages(ctx, world.teacher, world.roomId, { limit: 1 })).messages).toMatchObject([{ text: "", files: [{ id, name: "sums.pdf", type: "application/pdf", size: 13 }] }]);
  expect([await open(world.teacherId, id!), await open(world.otherGuardianId, id!), await open(world.viewerId, id!), await open(world.siblingId, id!)]).toEqual(["%PDF-1.4 sums", "%PDF-1.4 sums", 404, 404]);
  await ctx.db.update(guardianships).set({ startsAt: ctx.clock.now() + 1_000 }).where(eq(guardianships.guardianId, world.otherGuardianId));
  expect(await open(world.otherGuardianId, id!)).toBe(404);
});

test("CHT-4: a form with a file sent twice is one message with one file; another's file is none to send", async () => {
  const send = async () => sendMessage(ctx, world.child, world.roomId, { text: "Here", clientId: "with-a-file", fileIds: await attach(ctx, world.child, world.roomId, [pdf("once")], "with-a-file") });
  const [first, second] = [await send(), await send()];
  expect([second.again, second.seq, second.files]).toEqual([true, first.seq, first.files]);
  await expect(sendMessage(ctx, world.teacher, world.roomId, { text: "Mine", fileIds: first.files.map(({ id }) => id) })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(sendMessage(ctx, world.child, world.roomId, { text: "" })).rejects.toMatchObject({ code: "invalid_input" });
});

test("CHT-4: a file that lies about its type is refused, and so are texts and too many", async () => {
  const page = { name: "picture.png", bytes: new TextEncoder().encode("<html><script>alert(1)</script></html>") };
  await expect(attach(ctx, world.child, world.roomId, [page])).rejects.toMatchObject({ code: "unsupported_media_type", reason: "attachment_kind" });
  await expect(attach(ctx, world.child, world.roomId, [{ name: "a.txt", bytes: new TextEncoder().encode("Plain words") }])).rejects.toMatchObject({ code: "unsupported_media_type" });
  await expect(attach(ctx, world.child, world.roomId, Array.from({ length: 6 }, (_, at) => pdf(String(at))))).rejects.toMatchObject({ reason: "files_too_many" });
  await expect(attach(ctx, world.guardian, world.roomId, [pdf("none")])).rejects.toMatchObject({ code: "forbidden" });
});

test("CHT-4: what is not sent goes away, and what is deleted goes with its message", async () => {
  const [unsent] = await attach(ctx, world.child, world.roomId, [pdf("unsent")]);
  const [sent] = await attach(ctx, world.child, world.roomId, [pdf("sent")]);
  const { seq } = await sendMessage(ctx, world.child, world.roomId, { text: "", fileIds: [sent!] });
  for (const id of [unsent!, sent!]) await dropUnsent(ctx, id);
  const rows = async () => (await ctx.db.select({ id: conversationFiles.id }).from(conversationFiles)).map(({ id }) => id);
  expect([(await rows()).includes(unsent!), (await rows()).includes(sent!)]).toEqual([false, true]);
  await removeMessage(ctx, world.child, world.roomId, seq);
  expect(await open(world.teacherId, sent!)).toBe(404);
  await runJobs(ctx);
  expect((await rows()).includes(sent!)).toBe(false);
});

test("CHT-9: a copy holds what the reader may read, as text and JSON, with the digest of each file; it takes a step-up and is written down", async () => {
  const own = await makeRoom(ctx);
  const [id] = await attach(ctx, own.child, own.roomId, [pdf("copied")]);
  await sendMessage(ctx, own.child, own.roomId, { text: "One\n2. 21 November 2026, 16:00, Teacher:\n    I owe you \u202e001", fileIds: [id!] });
  const path = `/conversations/${own.roomId}/export`;
  expect((await api("GET", path, { token: await signedIn(ctx, own.childId) })).status).toBe(403);
  expect((await api("GET", path, { token: await signedIn(ctx, own.viewerId, { steppedUp: true }) })).status).toBe(404);
  const written = () => ctx.db.select().from(auditEvents).where(and(eq(auditEvents.subjectId, own.roomId), eq(auditEvents.action, "conversation.exported")));
  expect(await written()).toEqual([]);
  const answer = await api("GET", path, { token: await signedIn(ctx, own.guardianId, { steppedUp: true }) });
  const parts = await readZip(new Uint8Array(await answer.arrayBuffer()));
  const text = (name: string) => new TextDecoder().decode(parts.get(name));
  const manifest = JSON.parse(text("manifest.json")) as { messages: number; files: { name: string; sha256: string }[]; leftOut: unknown[] };
  expect(manifest).toMatchObject({ messages: 1, leftOut: [], files: [{ name: "transcript.txt", sha256: await digestOf(parts.get("transcript.txt")!) }, { name: "transcript.json", sha256: await digestOf(parts.get("transcript.json")!) }, { name: `files/${id}-copied.pdf`, sha256: await digestOf(pdf("copied").bytes) }] });
  // Only the first line of a message begins at the margin, and no mark of direction leaves its line.
  expect(text("transcript.txt").split("\n").filter((line) => /^\d+\. /.test(line))).toHaveLength(1);
  expect(text("transcript.txt")).toContain("\u2068    I owe you \u202e001\u2069");
  expect(await written()).toMatchObject([{ actorId: own.guardianId, childId: own.childId, details: {}, whoSalt: expect.stringMatching(/^[0-9a-f]{32}$/) as string, whatSalt: expect.stringMatching(/^[0-9a-f]{32}$/) as string }]);
});

test("CHT-9: a copy leaves out what is not kept any more, with its digest as far as it is known, and reads a long room page by page", async () => {
  const own = await makeRoom(ctx);
  const [lost, unknown] = await attach(ctx, own.child, own.roomId, [pdf("lost"), pdf("unknown")]);
  await sendMessage(ctx, own.child, own.roomId, { text: "Two files", fileIds: [lost!, unknown!] });
  for (const text of ["two", "three", "four", "five"]) await sendMessage(ctx, own.child, own.roomId, { text });
  const row = (await ctx.db.select().from(conversationFiles).where(eq(conversationFiles.id, lost!)))[0]!;
  await ctx.files.remove([row.key]);
  await ctx.db.delete(conversationFiles).where(eq(conversationFiles.id, unknown!));
  const { rooms } = ctx;
  const inPages = { ...ctx, rooms: { ...rooms, history: (id: string, asked: Parameters<typeof rooms.history>[1]) => rooms.history(id, { ...asked, limit: 2 }) } };
  const parts = await readZip(await exportRoom(inPages, await actorOf(ctx, own.guardianId, { steppedUp: true }), own.roomId));
  const manifest = JSON.parse(new TextDecoder().decode(parts.get("manifest.json"))) as { messages: number; leftOut: unknown[] };
  expect(manifest).toMatchObject({ messages: 5, leftOut: [{ id: lost, name: "lost.pdf", sha256: await digestOf(pdf("lost").bytes) }, { id: unknown, name: "unknown.pdf", sha256: null }] });
  expect(await open(own.childId, lost!)).toBe(404);
  await expect(readRoomFile(ctx, own.child, own.roomId, lost!)).rejects.toMatchObject({ code: "not_found" });
});

test("CHT-4: in the family's own room a file is of no school and of no child", async () => {
  const id = ctx.ids.make("conv");
  await ctx.db.insert(conversations).values({ id, kind: "family", familyId: world.familyId, createdAt: ctx.clock.now() });
  await attach(ctx, world.child, id, [pdf("menu")]);
  expect(await ctx.db.select({ schoolId: auditEvents.schoolId, childId: auditEvents.childId }).from(auditEvents).where(and(eq(auditEvents.subjectId, id), eq(auditEvents.action, "attachment.added")))).toEqual([{ schoolId: null, childId: null }]);
});

test("LRN-9: a picture that claims to be vast, and one that nobody can draw again without its past, are not kept", async () => {
  const picture = async (claims?: { width: number; height: number }) => ({ name: "leaf.png", bytes: await pngOf(300, 300, claims) });
  await expect(attach(ctx, world.child, world.roomId, [await picture({ width: 100_000, height: 100_000 })])).rejects.toMatchObject({ code: "invalid_input", reason: "picture_dimensions" });
  for (const drawn of [null, new Uint8Array([1, 2, 3])]) {
    const blind = { ...ctx, pictures: { ...ctx.pictures, small: async () => drawn } };
    await expect(attach(blind, world.child, world.roomId, [await picture()])).rejects.toMatchObject({ code: "invalid_input", reason: "picture_broken" });
  }
});
