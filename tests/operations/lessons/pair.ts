import { eq } from "drizzle-orm";
import { createLesson } from "#app/domain/lessons/create-lesson.server.ts";
import { CreateLessonInput } from "#app/domain/lessons/inputs.ts";
import { ledgerEntries } from "#db/schema/payments.ts";
import { lessons, lessonSlots } from "#db/schema/lessons.ts";
import { actorOf, makeEnrolment, makeFamily, makeTeacher, testContext, type Family, type TestContext } from "#tests/world.ts";

/** A child with a teacher who has just looked at the clock: it is noon in Nairobi. */
export async function makePair(more: { ctx?: TestContext; family?: Family; teacherId?: string; timeZone?: string } = {}) {
  const ctx = more.ctx ?? testContext();
  const family = more.family ?? (await makeFamily(ctx));
  const teacherId = more.teacherId ?? (await makeTeacher(ctx, family.schoolId));
  const enrolment = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId });
  const teacher = await actorOf(ctx, teacherId);
  const set = (times: object) => createLesson(ctx, teacher, CreateLessonInput.parse({ enrolmentId: enrolment.enrolmentId, minutes: 60, ...times }));
  return { ctx, family, teacherId, teacher, ...enrolment, set, guardian: await actorOf(ctx, family.guardianId), admin: await actorOf(ctx, family.adminId) };
}

export const rowOf = async (ctx: TestContext, id: string) => (await ctx.db.select().from(lessons).where(eq(lessons.id, id)).get())!;
export const slotsOf = (ctx: TestContext, id: string) => ctx.db.select().from(lessonSlots).where(eq(lessonSlots.lessonId, id));

/** Hours that the student has with the school. */
export const giveMinutes = (ctx: TestContext, { childId, schoolId }: Family, minutes: number) =>
  ctx.db.insert(ledgerEntries).values({ id: ctx.ids.make("entry"), debit: `student:${childId}`, credit: `school:${schoolId}`, amount: minutes, unit: "minutes", kind: "make_up", causeId: ctx.ids.make("cause"), schoolId, studentId: childId, at: ctx.clock.now() });

/** How an operation said no: its reason and the first field's problem. */
export async function refusal(act: Promise<unknown>) {
  const error = await act.then(() => null, (thrown: unknown) => thrown);
  if (!error) return null;
  const { reason, fields, extra } = error as { reason: string; fields: { path: string; message: string }[]; extra: Record<string, unknown> };
  if (reason === undefined) throw error;
  return fields[0] ? `${fields[0].path}: ${fields[0].message}` : Object.keys(extra ?? {}).length > 0 ? { reason, ...extra } : reason;
}
