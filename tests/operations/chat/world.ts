import { runInDurableObject } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { actorOf, makeEnrolment, makeFamily, makeTeacher, type TestContext } from "../../world.ts";

/** A family, a teacher of the child, and their room. */
export async function makeRoom(ctx: TestContext) {
  const family = await makeFamily(ctx);
  const teacherId = await makeTeacher(ctx, family.schoolId);
  const enrolment = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId });
  const room = await ctx.db.select({ id: conversations.id }).from(conversations).where(eq(conversations.enrolmentId, enrolment.enrolmentId)).get();
  return { ...family, ...enrolment, teacherId, roomId: room!.id, teacher: await actorOf(ctx, teacherId), child: await actorOf(ctx, family.childId), guardian: await actorOf(ctx, family.guardianId) };
}

/** Ends an object in the midst of its work, as when the machine dies under it: what is not stored is gone, and nobody answers its sockets any more. The reason is one of which the test runner prints no stack. */
export const die = (object: unknown): Promise<void> => runInDurableObject(object as DurableObjectStub, (_instance, state) => state.abort("Instance dispose")).catch(() => undefined);

/** Until D1 has the room's latest summary. */
export async function settled(ctx: TestContext, roomId: string): Promise<void> {
  const { revision } = await ctx.rooms.history(roomId, { readsFrom: 0, limit: 1 });
  for (let tries = 0; tries < 200; tries++) {
    const row = await ctx.db.select({ revision: conversations.revision }).from(conversations).where(eq(conversations.id, roomId)).get();
    if (row!.revision === revision) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the summary of ${roomId} never came`);
}
