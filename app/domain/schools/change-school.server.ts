import { commit } from "#db/client.ts";
import { selectSchool, updateSchool, type SchoolRow } from "#db/school-members.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { changesOf, replacedBy } from "../changes.ts";
import { authorize } from "../policy.ts";
import type { ChangeSchoolInput } from "./school-inputs.ts";

export async function changeSchool(ctx: AppContext, actor: Actor, schoolId: string, input: ChangeSchoolInput): Promise<SchoolRow> {
  authorize(actor, "school:administer", schoolId);
  const school = (await selectSchool(ctx.db, schoolId))[0]!;
  const change = changesOf(school, input);
  if (Object.keys(change).length === 0) return school;
  await commit(ctx.db, [updateSchool(ctx.db, schoolId, change), record(ctx, actor, { action: "school.changed", subjectId: schoolId, schoolId, details: { old: replacedBy(change, school), new: change } })]);
  return { ...school, ...change };
}
