import { describe, expect, test } from "vitest";
import { audienceAfter, audienceOf, audienceTyped, type AudienceInput, type ChangeAudienceInput } from "#app/domain/learning/audience.ts";

const row = (studentId: string, classId: string | null, subjectId = "sub") => ({ schoolId: "school", subjectId, classId, studentId });
/** One of the subject in each of two classes, one in none, and one of another subject. */
const TAUGHT = [row("ann", "one"), row("ben", "two"), row("cleo", null), row("dan", "one", "other")];
const wanted = (more: Partial<AudienceInput> = {}): AudienceInput => ({ subjectId: "sub", audience: "subject", classId: null, studentIds: [], ...more });
const reached = (more: Partial<AudienceInput>) => {
  const { stored, named, reached: rows } = audienceOf(TAUGHT, wanted(more));
  return [stored.classId, named, rows.map(({ studentId }) => studentId)];
};

/** How it was refused: its code, and the field's problem. */
const refusal = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    const { code, fields } = error as { code: string; fields: { path: string; message: string }[] };
    return fields[0] ? `${fields[0].path}: ${fields[0].message}` : code;
  }
};

describe("LRN-8, LRN-9: to whom something is given", () => {
  test("all of the subject, one class of it, or students named, and nobody else", () => {
    expect(reached({ classId: "one" })).toEqual([null, [], ["ann", "ben", "cleo"]]);
    expect(reached({ audience: "class", classId: "one" })).toEqual(["one", [], ["ann"]]);
    expect(reached({ audience: "students", studentIds: ["cleo", "ben", "cleo"] })).toEqual([null, ["cleo", "ben"], ["ben", "cleo"]]);
  });

  test.each<[string, Partial<AudienceInput>, string]>([
    ["a subject not taught", { subjectId: "else" }, "not_found"],
    ["a class that is not said", { audience: "class" }, "classId: missing"],
    ["a class of another subject", { audience: "class", classId: "three" }, "not_found"],
    ["no student", { audience: "students" }, "studentIds: students_missing"],
    ["a student of another subject", { audience: "students", studentIds: ["ann", "dan"] }, "not_found"],
  ])("%s is refused", (_name, more, problem) => expect(refusal(() => audienceOf(TAUGHT, wanted(more)))).toBe(problem));

  test.each<[string, "subject" | "class" | "students", ChangeAudienceInput, boolean]>([
    ["the subject again", "subject", { audience: "subject" }, true],
    ["the same class again", "class", { audience: "class", classId: "one" }, true],
    ["nothing of it", "class", {}, true],
    ["another class", "class", { classId: "two" }, false],
    ["the same students in another order", "students", { studentIds: ["ben", "ann"] }, true],
    ["one student fewer", "students", { studentIds: ["ann"] }, false],
    ["one student more", "students", { studentIds: ["ann", "ben", "cleo"] }, false],
    ["those it reaches, by name", "subject", { audience: "students", studentIds: ["ann", "ben", "cleo"] }, false],
  ])("a change that says %s: it stays, or is for others", (_name, audience, change, stays) => {
    const before = { subjectId: "sub", audience, classId: audience === "class" ? "one" : null };
    expect(audienceAfter(TAUGHT, before, audience === "students" ? ["ann", "ben"] : [], change) === null).toBe(stays);
  });

  test("the field of a form has it as it is", () => {
    expect([audienceTyped(wanted()), audienceTyped(wanted({ audience: "class", classId: "one" })), audienceTyped(wanted({ audience: "students", classId: null }))]).toEqual(["subject:sub", "class:sub:one", "students:sub"]);
  });
});
