import { listSchoolFamilies, type FamilyFilter, type SchoolFamilyRow } from "#db/school-families.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { readRule } from "../consent/access.ts";
import { pageOf, type Page, type Paging } from "../paging.ts";
import { authorize } from "../policy.ts";
import { administeredSchools } from "../schools/rules.ts";
import { listFamilies } from "./read-family.server.ts";

export type ListedFamily = Omit<SchoolFamilyRow, "firstStudentId">;
type Asked = FamilyFilter & Paging;

/** One's own families; those of a school where one is named, or where the actor has none but runs one. */
export async function listFamiliesFor(ctx: AppContext, actor: Actor, { schoolId, ...asked }: Asked & { schoolId?: string | undefined }): Promise<Page<ListedFamily>> {
  const school = schoolId ?? (actor.familyIds.length === 0 ? administeredSchools(actor)[0]?.schoolId : undefined);
  return school === undefined ? { items: await listOwn(ctx, actor, asked), nextCursor: null } : listFamiliesOfSchool(ctx, actor, school, asked);
}

/** Families with an active student at the school. Of a family it sees the name, programmes and status, its own students, and the guardians as far as they let themselves be reached. */
export async function listFamiliesOfSchool(ctx: AppContext, actor: Actor, schoolId: string, { limit, cursor, ...filter }: Asked): Promise<Page<ListedFamily>> {
  authorize(actor, "school:administer", schoolId);
  const [studentId, familyId] = cursor?.split(".") ?? [];
  const after = studentId && familyId ? { studentId, familyId } : null;
  const found = await listSchoolFamilies(ctx.db, { ...filter, readerId: actor.userId, schoolId, now: ctx.clock.now(), contact: readRule("contact"), after, limit: limit + 1 });
  const { items, nextCursor } = pageOf(found, limit, ({ firstStudentId, id }) => `${firstStudentId}.${id}`);
  return { items: items.map(({ firstStudentId: _, ...family }) => family), nextCursor };
}

async function listOwn(ctx: AppContext, actor: Actor, { status, programme }: FamilyFilter): Promise<ListedFamily[]> {
  const homes = await listFamilies(ctx, actor, actor.userId);
  return homes
    .filter((home) => (status === undefined || home.status === status) && (programme === undefined || home.preferredProgrammes.some((one) => one.toLowerCase() === programme.toLowerCase())))
    .map(({ id, name, status: state, preferredProgrammes, students, parents }) => ({ id, name, status: state, programmes: preferredProgrammes, students: students.map(({ id: studentId, name: called, level }) => ({ id: studentId, name: called, level })), guardians: parents }));
}
