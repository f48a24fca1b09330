import { describe, expect, test } from "vitest";
import { ChangePersonInput, NewPersonInput } from "#app/domain/people/inputs.ts";
import { newPersonFrom } from "#app/domain/people/new-person-form.ts";
import { PersonAct, personActFrom } from "#app/domain/people/person-acts.ts";

const issues = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }) => result.error?.issues.map(({ path, message }) => [path.join("."), message]);

describe("SCH-2: the form of a new person", () => {
  const typed = { name: "Rose", email: "rose@example.test", way: "link", phone: "0712345678", level: "grade-4", number: "A-7", specialisation: "Chess", role: "teacher", "subject.sub_1": "on", "subject.sub_2": "on" };

  test("of a guardian has what a guardian has", () => {
    expect(NewPersonInput.parse(newPersonFrom({ ...typed, kind: "guardian" }))).toEqual({ role: "parent", name: "Rose", email: "rose@example.test", way: "link", phone: "+254712345678", studentIds: [] });
  });

  test("of staff has the role, the subjects ticked and what they are good at", () => {
    expect(NewPersonInput.parse(newPersonFrom({ ...typed, kind: "staff" }))).toEqual({ role: "teacher", name: "Rose", email: "rose@example.test", way: "link", phone: "+254712345678", specialisation: "Chess", subjectIds: ["sub_1", "sub_2"] });
  });

  test("of a student has level and number, and whoever it is when no kind is said is a student", () => {
    const student = { role: "student", name: "Rose", email: "rose@example.test", way: "link", level: "grade-4", number: "A-7", guardians: [] };
    for (const kind of ["student", "boss"]) expect(NewPersonInput.parse(newPersonFrom({ ...typed, kind }))).toEqual(student);
    expect(NewPersonInput.parse(newPersonFrom(typed))).toEqual(student);
  });

  test("moves a guardian in the second row to the first, in what was typed too: so it is drawn again where it is refused", () => {
    const rows: Record<string, string> = { "name": "Kito", "guardians.0.relationship": "parent", "guardians.1.email": "nonsense", "guardians.1.name": "Asha", "guardians.1.relationship": "other" };
    const result = NewPersonInput.safeParse(newPersonFrom(rows));
    expect(rows).toEqual({ "name": "Kito", "guardians.0.email": "nonsense", "guardians.0.name": "Asha", "guardians.0.relationship": "other" });
    expect(issues(result)).toEqual([["guardians.0.email", "email_unusable"]]);
  });

  test.each([
    [{ kind: "student" }, [["name", "name_missing"]]],
    [{ kind: "staff", name: "Rose" }, [["role", "role_missing"]]],
    [{ kind: "staff", name: "Rose", role: "school_owner" }, [["role", "role_missing"]]],
    [{ kind: "guardian", name: "http://spam.example", way: "owl" }, [["name", "name_unusable"], ["way", "way_missing"]]],
    [{ kind: "student", name: "Kito", birthDate: "1890-01-01" }, [["birthDate", "birth_date_unusable"]]],
  ])("%j is refused at its fields", (wrong, problems) => {
    expect(issues(NewPersonInput.safeParse(newPersonFrom(wrong)))).toEqual(problems);
  });
});

describe("SCH-4: the forms of a person", () => {
  const at = { schoolId: "school_1" };

  test("change what the form shows: an emptied field is no value any more, and what it does not show stays", () => {
    const typed = { act: "change", ...at, fields: "name email goal subjectIds", goal: "Reads", phone: "0712345678", "subject.sub_1": "on" };
    expect(personActFrom(typed)).toEqual({ act: "change", ...at, name: "", email: null, goal: "Reads", phone: "0712345678", "subjectIds": ["sub_1"], "subject.sub_1": "on" });
    expect(issues(PersonAct.safeParse(personActFrom(typed)))).toEqual([["name", "name_missing"]]);
    expect(PersonAct.parse(personActFrom({ ...typed, name: "Rose" }))).toEqual({ act: "change", ...at, name: "Rose", email: null, goal: "Reads", phone: "+254712345678", subjectIds: ["sub_1"] });
    expect(PersonAct.parse(personActFrom({ act: "change", ...at }))).toEqual({ act: "change", ...at });
  });

  test.each([
    [{ act: "credential" }, { act: "reset", way: "credential" }],
    [{ act: "link" }, { act: "reset", way: "link" }],
    [{ act: "deactivate" }, { act: "deactivate" }],
    [{ act: "reactivate", fields: "name" }, { act: "reactivate" }],
    [{ act: "add-role", role: "tutor" }, { act: "add-role", role: "tutor" }],
    [{ act: "remove-role", role: "tutor" }, { act: "remove-role", role: "tutor" }],
  ])("%j is one of the acts", (typed, act) => {
    expect(PersonAct.parse(personActFrom({ ...typed, ...at }))).toEqual({ ...act, ...at });
  });

  test.each([
    [{ act: "promote", ...at }, ["act"]], [{ act: "add-role", ...at }, ["role"]], [{ act: "link" }, ["schoolId"]], [{ act: "change", ...at, fields: "level", level: "grade-99" }, ["level"]],
  ])("%j is refused at its field", (typed, paths) => {
    expect(issues(PersonAct.safeParse(personActFrom(typed as Record<string, string>)))?.map(([path]) => path)).toEqual(paths);
  });

  test("a text of spaces is none", () => {
    expect(ChangePersonInput.parse({ number: "  ", goal: " Reads ", specialisation: null })).toEqual({ number: null, goal: "Reads", specialisation: null });
  });
});
