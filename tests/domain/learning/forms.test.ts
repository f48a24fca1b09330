import { describe, expect, test } from "vitest";
import type { ZodType } from "zod";
import { ChangeAssignmentInput } from "#app/domain/learning/assignments/inputs.ts";
import { typedAct } from "#app/domain/learning/assignments/typed-act.ts";
import { AttendanceInput, marksFrom } from "#app/domain/learning/attendance-inputs.ts";
import { typedAudience } from "#app/domain/learning/audience.ts";
import { DaysInput } from "#app/domain/learning/days.ts";
import { GoalAct, goalActFrom } from "#app/domain/learning/goals/goal-acts.ts";
import { PlanInput, typedPlan } from "#app/domain/learning/plans/inputs.ts";
import { issuesOf } from "#app/http/issues.ts";

/** What a form comes to: the input, or what is wrong at which fields. */
function read(schema: ZodType, typed: unknown): unknown {
  const { data, error } = schema.safeParse(typed);
  return error ? issuesOf(error).map(({ path, message }) => `${path}: ${message}`) : data;
}

describe("LRN-9: what the forms of an assignment's page ask for", () => {
  const SAVED = { act: "save", title: "Ten sums", instructions: "All of them", competency: "creativity", dueOn: "2026-11-25", dueTime: "12:00", timeZone: "Africa/Nairobi" };
  test.each<[string, Record<string, string>, unknown]>([
    ["saving keeps for whom it is where that is not asked", SAVED, SAVED],
    ["saving says for whom, where it is asked", { ...SAVED, to: "class:sub_1:class_1" }, { ...SAVED, audience: "class", subjectId: "sub_1", classId: "class_1", studentIds: [] }],
    ["what was emptied is none", { act: "save" }, { act: "save", title: "", instructions: "", competency: null, dueOn: "", dueTime: "", timeZone: "" }],
    ["handing in is as typed", { act: "hand-in", text: "2 + 2", attempt: "2", minutes: "15" }, { act: "hand-in", text: "2 + 2", attempt: "2", minutes: "15" }],
  ])("%s", (_name, typed, expected) => expect(typedAct(typed)).toEqual(expected));

  test("a title and a due time that were emptied are asked for, each at its field", () => {
    expect(read(ChangeAssignmentInput, typedAct({ act: "save", timeZone: "Africa/Nairobi" }))).toEqual(["title: title_missing", "dueOn: date_missing", "dueTime: time_missing"]);
    expect(read(ChangeAssignmentInput, { dueOn: "2026-11-25" })).toEqual(["dueOn: due_whole"]);
  });
});

test.each<[Record<string, string>, unknown]>([
  [{ to: "subject:sub_1" }, { audience: "subject", subjectId: "sub_1", classId: null, studentIds: [] }],
  [{ to: "class:sub_1:class_1" }, { audience: "class", subjectId: "sub_1", classId: "class_1", studentIds: [] }],
  [{ to: "students:sub_1", "student.user_1": "yes", "student.user_2": "yes", text: "x" }, { audience: "students", subjectId: "sub_1", classId: null, studentIds: ["user_1", "user_2"] }],
  [{}, { audience: undefined, subjectId: undefined, classId: null, studentIds: [] }],
])("LRN-8, LRN-9: an audience typed as %o", (typed, expected) => expect(typedAudience(typed)).toEqual(expected));

describe("LRN-8: a plan that is typed into a form", () => {
  const PLAN = { studentId: "user_1", title: "Before the test", startsOn: "2026-11-25", endsOn: "2026-12-05" };
  const parsed = (...steps: object[]) => ({ ...PLAN, steps });
  test.each<[string, Record<string, string>, unknown]>([
    ["leads to materials and assignments, and rows left empty are none", {
      ...PLAN, "steps.0.text": "Read", "steps.0.link": "material:mat_1", "steps.2.text": "Write", "steps.2.dueOn": "2026-11-30", "steps.2.link": "assignment:asg_1", "steps.7.text": "Rest", "steps.8.text": "Too far down",
    }, parsed({ text: "Read", dueOn: null, materialId: "mat_1", assignmentId: null }, { text: "Write", dueOn: "2026-11-30", materialId: null, assignmentId: "asg_1" }, { text: "Rest", dueOn: null, materialId: null, assignmentId: null })],
    ["has steps", PLAN, ["steps: steps_missing"]],
    ["says of each what is done, be there only a day or only where it leads", { ...PLAN, "steps.0.dueOn": "2026-11-30", "steps.1.link": "material:mat_1", "steps.2.link": "assignment:asg_1" }, ["steps.0.text: step_missing", "steps.1.text: step_missing", "steps.2.text: step_missing"]],
    ["is empty", {}, ["studentId: missing", "title: title_missing", "startsOn: date_missing", "endsOn: date_missing", "steps: steps_missing"]],
  ])("%s", (_name, typed, expected) => expect(read(PlanInput, typedPlan(typed))).toEqual(expected));
});

describe("LRN-10: a register that is typed into a form", () => {
  const take = (typed: Record<string, string>) => read(AttendanceInput, { classId: "class_1", date: "2026-11-24", marks: marksFrom(typed) });
  const mark = { studentId: "user_1", minutesLate: null, note: null };
  test.each<[string, Record<string, string>, unknown]>([
    ["marks whom it names, and leaves the others", { "status.user_1": "absent", "note.user_1": " Has a cold ", "note.user_2": "x", "minutes.user_3": "5" }, [{ ...mark, status: "absent", note: "Has a cold" }]],
    ["counts minutes of who is late alone", { "status.user_1": "late", "minutes.user_1": "10", "status.user_2": "present", "minutes.user_2": "10" }, [{ ...mark, status: "late", minutesLate: 10 }, { ...mark, studentId: "user_2", status: "present" }]],
    ["takes late without minutes", { "status.user_1": "late", "note.user_1": "  " }, [{ ...mark, status: "late" }]],
  ])("%s", (_name, typed, marks) => expect(take(typed)).toEqual({ classId: "class_1", date: "2026-11-24", marks }));

  test.each<[Record<string, string>, string[]]>([
    [{}, ["marks: nobody_marked"]],
    [{ "status.user_1": "ill" }, ["marks.0.status: not_a_choice"]],
    [{ "status.user_1": "late", "minutes.user_1": "ten" }, ["marks.0.minutesLate: minutes_late"]],
    [{ "status.user_1": "late", "minutes.user_1": "481" }, ["marks.0.minutesLate: minutes_late"]],
  ])("%o is refused where it is wrong", (typed, problems) => expect(take(typed)).toEqual(problems));

  test("minutes of who was not late, and a student named twice, are refused", () => {
    const marks = (...given: object[]) => read(AttendanceInput, { classId: "class_1", date: "2026-11-24", marks: given });
    expect(marks({ studentId: "user_1", status: "absent", minutesLate: 5 })).toEqual(["marks.0.minutesLate: minutes_only_late"]);
    expect(marks({ studentId: "user_1", status: "absent" }, { studentId: "user_1", status: "present" })).toEqual(["marks: student_twice"]);
  });
});

test.each<[Record<string, string>, unknown]>([
  [{ act: "create", area: "creative", title: "Paint" }, { act: "create", area: "creative", title: "Paint", why: "", targetOn: null }],
  [{ act: "turn:forgotten", goalId: "goal_1" }, ["status: not_a_choice"]],
  [{ act: "step", goalId: "goal_1", percent: "30", note: "  " }, { act: "step", goalId: "goal_1", percent: 30, note: null }],
  [{ act: "change", goalId: "goal_1", area: "health", title: "Swim", why: "For fun", targetOn: "2026-12-24" }, { act: "change", goalId: "goal_1", area: "health", title: "Swim", why: "For fun", targetOn: "2026-12-24" }],
  [{ goalId: "goal_1" }, ["act: invalid"]],
])("LRN-6: the form %o of the goals' page", (typed, expected) => expect(read(GoalAct, goalActFrom(typed))).toEqual(expected));

test.each<[Record<string, string>, unknown]>([
  [{}, {}],
  [{ from: "2026-11-24" }, { from: "2026-11-24" }],
  [{ to: "2026-11-24" }, { to: "2026-11-24" }],
  [{ from: "2026-11-24", to: "2026-11-24" }, { from: "2026-11-24", to: "2026-11-24" }],
  [{ from: "2025-11-24", to: "2026-11-24" }, { from: "2025-11-24", to: "2026-11-24" }],
  [{ from: "2026-11-25", to: "2026-11-24" }, ["to: range_backwards"]],
  [{ from: "2025-11-23", to: "2026-11-24" }, ["from: range_too_long"]],
  [{ from: "yesterday" }, ["from: wrong_form"]],
])("LRN-4, LRN-7: the days %o", (typed, expected) => expect(read(DaysInput, typed)).toEqual(expected));
