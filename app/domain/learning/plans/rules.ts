import { readingCapacity, type Capacity, type ChildAccess } from "../../consent/access.ts";

/** The capacity in which somebody plans with a child: its family, its teachers and its tutors, as far as they see its progress. The school's administration and the child itself do not. */
export const writesPlans = (access: ChildAccess): Capacity | undefined =>
  readingCapacity({ ...access, capacities: access.capacities.filter(({ as }) => as !== "self" && as !== "school_administration") }, "progress");

type PlanDates = { startsOn: string; endsOn: string; steps: { dueOn?: string | null | undefined }[] };

/** What is wrong with the dates of a plan, at its field; the last day is part of it. */
export function datesProblem({ startsOn, endsOn, steps }: PlanDates): { path: string; message: string } | null {
  if (endsOn < startsOn) return { path: "endsOn", message: "plan_ends_first" };
  const at = steps.findIndex(({ dueOn }) => dueOn && (dueOn < startsOn || endsOn < dueOn));
  return at === -1 ? null : { path: `steps.${at}.dueOn`, message: "step_outside" };
}
