import { eq } from "drizzle-orm";
import { conversationFiles, conversations } from "#db/schema/conversations.ts";
import type { TestContext } from "#tests/world.ts";

/** The room of the child and its teacher, with one message of the teacher's, which everybody has read: so that opening it writes nothing. */
export async function makeChat(ctx: TestContext, { enrolmentId, teacherId, childId, guardianId, coGuardianId }: { enrolmentId: string; teacherId: string; childId: string; guardianId: string; coGuardianId: string }) {
  const { id: conversationId } = (await ctx.db.select({ id: conversations.id }).from(conversations).where(eq(conversations.enrolmentId, enrolmentId)).get())!;
  const at = Date.now();
  const [sentFileId, key] = [ctx.ids.make("file"), `conversations/${conversationId}/page`];
  await ctx.files.put(key, new TextEncoder().encode("%PDF-1.4"), "application/pdf");
  await ctx.db.insert(conversationFiles).values({ id: sentFileId, conversationId, name: "page.pdf", type: "application/pdf", size: 8, key, sha256: "", uploadedBy: teacherId, createdAt: at });
  await ctx.rooms.send(conversationId, { senderId: teacherId, senderName: "Teacher", clientId: "cast-message", text: "Good morning", at, silent: false, files: [{ id: sentFileId, name: "page.pdf", type: "application/pdf", size: 8 }] });
  for (const userId of [childId, guardianId, coGuardianId]) await ctx.rooms.read(conversationId, { userId, seq: 1, at, readsFrom: 0 });
  return { conversationId, sentFileId };
}
