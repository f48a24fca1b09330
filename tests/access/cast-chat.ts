import { eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { settled } from "#tests/operations/chat/world.ts";
import type { TestContext } from "#tests/world.ts";

/** The room of the child and its teacher, with one message of the teacher's, which everybody has read: so that opening it writes nothing. */
export async function makeChat(ctx: TestContext, { enrolmentId, teacherId, childId, guardianId, coGuardianId }: { enrolmentId: string; teacherId: string; childId: string; guardianId: string; coGuardianId: string }) {
  const { id: conversationId } = (await ctx.db.select({ id: conversations.id }).from(conversations).where(eq(conversations.enrolmentId, enrolmentId)).get())!;
  const at = Date.now();
  await ctx.rooms.send(conversationId, { senderId: teacherId, senderName: "Teacher", clientId: "cast-message", text: "Good morning", at, silent: false, files: [] });
  for (const userId of [childId, guardianId, coGuardianId]) await ctx.rooms.read(conversationId, { userId, seq: 1, at, readsFrom: 0 });
  await settled(ctx, conversationId);
  return { conversationId };
}
