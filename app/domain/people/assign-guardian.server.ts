import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { selectRolesOf } from "#db/new-people.ts";
import { selectStudentsToGuard } from "#db/school-guardians.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError, notFound } from "../errors.ts";
import { authorize, requireStepUp } from "../policy.ts";
import type { AssignGuardianInput } from "./inputs.ts";
import { planGuardianships } from "./plan-guardianships.server.ts";

/** What became of each student named, in the order asked. `reason` is a key of the catalogue's `problems`. */
export type Assigned = { studentId: string; outcome: "done" | "already" | "refused"; reason: string | null };

/**
 * Makes a guardian of the school the guardian of many of its students. Who is so already stays so; who is no student here, or is kept from
 * that adult, is refused, and with them everything if `allOrNothing` was asked.
 */
export async function assignGuardian(ctx: AppContext, actor: Actor, schoolId: string, input: AssignGuardianInput): Promise<Assigned[]> {
  authorize(actor, "school:administer", schoolId);
  requireStepUp(actor, ctx.clock.now());
  const studentIds = [...new Set(input.studentIds)];
  const attempt = async () => {
    const now = ctx.clock.now();
    const [adult, students] = await ctx.db.batch([selectRolesOf(ctx.db, schoolId, [input.guardianId]), selectStudentsToGuard(ctx.db, schoolId, input.guardianId, studentIds, now)]);
    if (!adult.some(({ role }) => role === "parent")) throw notFound();
    const byId = new Map(students.filter(({ childId }) => !actor.restrictedFrom.includes(childId)).map((student) => [student.childId, student]));
    const results = studentIds.map((studentId): Assigned => {
      const student = byId.get(studentId);
      if (!student) return { studentId, outcome: "refused", reason: "student_unknown" };
      if (student.guardianIds.includes(input.guardianId)) return { studentId, outcome: "already", reason: null };
      return student.restricted ? { studentId, outcome: "refused", reason: "guardian_restricted" } : { studentId, outcome: "done", reason: null };
    });
    if (input.allOrNothing && results.some(({ outcome }) => outcome === "refused")) throw new DomainError("conflict", "nothing_assigned", { extra: { results } });
    const wards = results.filter(({ outcome }) => outcome === "done").map(({ studentId }) => byId.get(studentId)!);
    const { writes, jobIds } = planGuardianships(ctx, actor, schoolId, input.guardianId, input.relationship, wards);
    if (writes.length > 0) await commit(ctx.db, writes);
    await ctx.jobs.ring(jobIds);
    return results;
  };
  try {
    return await attempt();
  } catch (error) {
    // Somebody else changed the school's people in between: what is so now is looked at again.
    if (broke(error, "UNIQUE guardianships.guardian_id", "UNIQUE guardianships.child_id", "NOT NULL guardianships.relationship")) return attempt();
    throw error;
  }
}
