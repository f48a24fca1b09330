import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { openConversation } from "#app/domain/chat/open-conversation.server.ts";
import { listRooms } from "#app/domain/chat/list-rooms.server.ts";
import { listMessages, markRead, readRoom } from "#app/domain/chat/read-room.server.ts";
import { sendMessage } from "#app/domain/chat/say.server.ts";
import { erasePerson } from "#app/domain/people/erase-person.server.ts";
import { mergePeople } from "#app/domain/people/merge-people.server.ts";
import { undoMerge } from "#app/domain/people/undo-merge.server.ts";
import { conversations } from "#db/schema/conversations.ts";
import { enrolments } from "#db/schema/schools.ts";
import { guardianships } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { beforeCommit } from "#tests/before-commit.ts";
import { actorOf, api, join, makeEnrolment, makeTeacher, makeUser, runJobs, signedIn, testContext } from "../../world.ts";
import { makeRoom, settled } from "./world.ts";

const ctx = testContext(Date.now());
const aboutChild = (world: Awaited<ReturnType<typeof makeRoom>>) => `about.${world.childId}.${world.teacherId}.${world.schoolId}`;

test("CHT-6: a guardian who may talk with teachers opens the room about a child once; all such guardians and the teacher write in it", async () => {
  const world = await makeRoom(ctx);
  const first = await openConversation(ctx, world.guardian, aboutChild(world));
  const other = await actorOf(ctx, world.otherGuardianId);
  expect(await openConversation(ctx, other, aboutChild(world))).toEqual({ id: first.id, again: true });
  expect(await openConversation(ctx, world.teacher, aboutChild(world))).toEqual({ id: first.id, again: true });
  for (const who of [world.guardian, other, world.teacher]) await sendMessage(ctx, who, first.id, { text: "Good morning" });
  const [viewer, sibling] = [await actorOf(ctx, world.viewerId), await actorOf(ctx, world.siblingId)];
  for (const who of [viewer, sibling, world.child]) await expect(openConversation(ctx, who, aboutChild(world))).rejects.toMatchObject({ code: "not_found" });
  // Nobody teaches the sibling.
  await expect(openConversation(ctx, world.guardian, aboutChild(world).replace(world.childId, world.siblingId))).rejects.toMatchObject({ code: "not_found" });
  await ctx.db.update(enrolments).set({ endsAt: ctx.clock.now() }).where(eq(enrolments.id, world.enrolmentId));
  await expect(openConversation(ctx, world.teacher, aboutChild(world))).rejects.toMatchObject({ code: "not_found" });
});

test("CHT-6: two who open a room at once are led to the same", async () => {
  const world = await makeRoom(ctx);
  const other = await actorOf(ctx, world.otherGuardianId);
  const [one, two] = await Promise.all([openConversation(ctx, world.guardian, aboutChild(world)), openConversation(ctx, other, aboutChild(world))]);
  expect(one.id).toBe(two.id);
  expect(await ctx.db.select().from(conversations).where(eq(conversations.childId, world.childId))).toHaveLength(2);
});

test("CHT-6: a family's group is for its children and for who guards all of them", async () => {
  const world = await makeRoom(ctx);
  const { id } = await openConversation(ctx, world.child, `family.${world.familyId}`);
  await sendMessage(ctx, world.guardian, id, { text: "Dinner is at seven" });
  await ctx.db.update(guardianships).set({ active: false }).where(eq(guardianships.guardianId, world.otherGuardianId));
  const other = await actorOf(ctx, world.otherGuardianId);
  await expect(openConversation(ctx, other, `family.${world.familyId}`)).rejects.toMatchObject({ code: "not_found" });
  await expect(listMessages(ctx, other, id, { limit: 5 })).rejects.toMatchObject({ code: "not_found" });
  const token = await signedIn(ctx, world.siblingId);
  expect((await api("POST", "/conversations", { token, body: { kind: "family", familyId: world.familyId } })).status).toBe(201);
  expect((await api("POST", "/conversations", { token, body: { kind: "family", familyId: "fam_none" } })).status).toBe(404);
});

test("SCH-8, CHT-2: what an erased person said is gone from every room with their name; its place in the order stays", async () => {
  const world = await makeRoom(ctx);
  const admin = await actorOf(ctx, world.adminId, { steppedUp: true });
  await ctx.db.update(users).set({ homeSchoolId: world.schoolId, name: "Teacher Gone" }).where(eq(users.id, world.teacherId));
  await sendMessage(ctx, { ...world.teacher, name: "Teacher Gone" }, world.roomId, { text: "My own words" });
  await sendMessage(ctx, world.child, world.roomId, { text: "Thank you" });
  await settled(ctx, world.roomId);
  await erasePerson(ctx, admin, world.teacherId, { name: "Teacher Gone" });
  await runJobs(ctx);
  const { messages } = await listMessages(ctx, world.child, world.roomId, { limit: 20 });
  expect(messages.map(({ seq, senderId, senderName, text }) => ({ seq, senderId, senderName, text }))).toEqual([
    { seq: 1, senderId: null, senderName: "", text: "" }, { seq: 2, senderId: world.childId, senderName: world.child.name, text: "Thank you" },
  ]);
  expect((await ctx.rooms.history(world.roomId, { readsFrom: 0, limit: 1 })).pointers.map(({ userId }) => userId)).toEqual([world.childId]);
});

test("SCH-8: what either of two merged accounts has read is read for the one that is kept", async () => {
  const world = await makeRoom(ctx);
  const admin = await actorOf(ctx, world.adminId, { steppedUp: true });
  const goneId = await makeTeacher(ctx, world.schoolId);
  await ctx.db.update(users).set({ homeSchoolId: world.schoolId }).where(eq(users.id, goneId));
  const { enrolmentId } = await makeEnrolment(ctx, { schoolId: world.schoolId, studentId: world.siblingId, teacherId: goneId });
  const { id: roomId } = (await ctx.db.select({ id: conversations.id }).from(conversations).where(eq(conversations.enrolmentId, enrolmentId)).get())!;
  const [sibling, gone] = [await actorOf(ctx, world.siblingId), await actorOf(ctx, goneId)];
  for (const text of ["One", "Two"]) await sendMessage(ctx, sibling, roomId, { text });
  await markRead(ctx, gone, roomId, 2);
  await sendMessage(ctx, sibling, roomId, { text: "Three" });
  await settled(ctx, roomId);
  await mergePeople(ctx, admin, { schoolId: world.schoolId, keptId: world.teacherId, goneId });
  await runJobs(ctx);
  await settled(ctx, roomId);
  const { items } = await listRooms(ctx, await actorOf(ctx, world.teacherId), {}, { limit: 20 });
  expect(items.find(({ id }) => id === roomId)).toMatchObject({ unread: 1 });
});

test("SCH-8: of two accounts with a room each with the same teacher, both rooms are read by the one that is kept, and undoing parts them", async () => {
  const world = await makeRoom(ctx);
  const admin = await actorOf(ctx, world.adminId, { steppedUp: true });
  const goneId = await makeUser(ctx, "child", "Child again");
  await join(ctx, goneId, world.schoolId, "student");
  await ctx.db.update(users).set({ homeSchoolId: world.schoolId }).where(eq(users.id, goneId));
  const room = (childId: string) => ({ id: ctx.ids.make("conv"), kind: "guardian_teacher" as const, schoolId: world.schoolId, childId, staffId: world.teacherId, createdAt: ctx.clock.now() });
  const [kept, gone] = [room(world.childId), room(goneId)];
  await ctx.db.insert(conversations).values([kept, gone]);
  await ctx.rooms.send(gone.id, { senderId: world.teacherId, senderName: "Teacher", clientId: "to-the-other", text: "She reads well", at: ctx.clock.now(), silent: false, files: [] });
  const { id } = await mergePeople(ctx, admin, { schoolId: world.schoolId, keptId: world.childId, goneId });
  const guardian = await actorOf(ctx, world.guardianId);
  expect((await listMessages(ctx, guardian, gone.id, { limit: 5 })).messages).toMatchObject([{ text: "She reads well" }]);
  expect([(await readRoom(ctx, guardian, gone.id, { limit: 5 })).why, (await readRoom(ctx, guardian, kept.id, { limit: 5 })).why]).toEqual(["closed", null]);
  expect((await listRooms(ctx, guardian, { childId: world.childId }, { limit: 20 })).items).toHaveLength(3);
  await undoMerge(ctx, admin, id);
  expect(await ctx.db.select({ childId: conversations.childId, closedAt: conversations.closedAt }).from(conversations).where(eq(conversations.id, gone.id)).get()).toEqual({ childId: goneId, closedAt: null });
});

test("CHT-6: what goes wrong while a room is opened is no second opening, and a room found meanwhile is led to", async () => {
  const world = await makeRoom(ctx);
  const down = new Error("D1 is down");
  await expect(openConversation(beforeCommit(ctx, () => Promise.reject(down)), world.guardian, aboutChild(world))).rejects.toBe(down);
  const opened: string[] = [];
  const late = await openConversation(beforeCommit(ctx, async () => opened.push((await openConversation(ctx, world.teacher, aboutChild(world))).id)), world.guardian, aboutChild(world));
  expect(late).toEqual({ id: opened[0], again: true });
});
