import { makeEnrolment, makeFamily, makeTeacher, NOON, type TestContext } from "#tests/world.ts";

/** It is noon, and a teacher teaches the child of a family. */
export async function makeTaughtChild(ctx: TestContext) {
  ctx.setNow(NOON);
  const family = await makeFamily(ctx);
  const teacherId = await makeTeacher(ctx, family.schoolId);
  return { family, teacherId, taught: await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId }) };
}

/** How an operation said no: its code, the first field's problem or the reason, and that field. */
export const refusal = (act: Promise<unknown>) =>
  act.then(() => null, (error: { code?: string; reason?: string; fields?: { path: string; message: string }[] }) => [error.code, error.fields?.[0]?.message ?? error.reason, error.fields?.[0]?.path]);
