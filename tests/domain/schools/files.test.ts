import { describe, expect, test } from "vitest";
import { familyKey, isAlike, Traits } from "#app/domain/schools/family-file/likeness.ts";
import { readFamilies } from "#app/domain/schools/family-file/read-families.ts";
import { factsOf, rolesOf } from "#app/domain/schools/roster/facts.ts";
import { PeopleIndex, RowProblem, type Person, type PersonFacts } from "#app/domain/schools/roster/people.ts";

const person = (more: Partial<Person>): Person => ({ id: "p", kind: "child", name: "Amina", email: null, username: null, phone: null, birthDate: null, level: null, number: null, goal: null, roles: new Map([["student", true]]), ...more });

describe("SCH-7: a person's cells", () => {
  test("are taken as everybody writes them", () => {
    expect(factsOf(["student"], { name: "Amina", email: "A@Example.test", username: "Amina.O", phone: "0722 345 678", birthDate: "2015-03-21", level: "Grade 06", number: "7", goal: "Reads" }))
      .toEqual({ roles: ["student"], name: "Amina", email: "a@example.test", username: "amina.o", phone: "+254722345678", birthDate: "2015-03-21", level: "grade-6", number: "7", goal: "Reads" });
    expect(rolesOf("Guardian; staff|teacher,teacher")).toEqual(["parent", "school_staff", "teacher"]);
  });

  test.each([
    [{}, "name_missing"], [{ name: "x".repeat(101) }, "too_long"], [{ name: "See https://x.test" }, "name_unusable"], [{ name: "Two\nlines" }, "name_unusable"],
    [{ name: "A", number: "1".repeat(61) }, "too_long"], [{ name: "A", goal: "x".repeat(501) }, "too_long"], [{ name: "A", email: "a@" }, "email_unusable"], [{ name: "A", email: `${"x".repeat(250)}@x.test` }, "email_unusable"],
    [{ name: "A", username: "a b" }, "username_unusable"], [{ name: "A", phone: "12" }, "phone_unusable"], [{ name: "A", birthDate: "2015-02-30" }, "birth_date_unusable"], [{ name: "A", birthDate: "21.3.2015" }, "birth_date_unusable"], [{ name: "A", level: "Grade 13" }, "school_level_unknown"],
  ])("%o are refused: %s", (cells, problem) => {
    expect(() => factsOf(["student"], cells)).toThrow(new RowProblem(problem));
  });

  test.each([[undefined, "role_missing"], ["school_admin", "role_unknown"], ["student, parent", "student_and_adult"]])("%s gives no role: %s", (text, problem) => {
    expect(() => rolesOf(text)).toThrow(new RowProblem(problem));
  });
});

describe("SCH-7: the person whom a line means", () => {
  const at = (people: Person[], facts: Partial<PersonFacts>) => new PeopleIndex(people).match({ roles: ["student"], name: "Amina", ...facts })?.id ?? null;
  const [numbered, born] = [person({ id: "numbered", number: "7", birthDate: "2015-03-21" }), person({ id: "born", birthDate: "2016-01-02" })];

  test("is found by what is theirs alone, else by birth date or telephone with the name; never by a name, never across roles", () => {
    expect([at([numbered, born], { number: "7" }), at([numbered, born], { birthDate: "2016-01-02" }), at([numbered], {}), at([numbered], { number: "7", roles: ["teacher"] }), at([numbered], { name: "Zuri", birthDate: "2015-03-21" })])
      .toEqual(["numbered", "born", null, null, null]);
    // The number is theirs alone: a birth date that was wrong is put right, and so is a name.
    expect([at([numbered], { number: "7", birthDate: "2015-03-22" }), at([numbered], { number: "7", name: "Zuri" })]).toEqual(["numbered", "numbered"]);
  });

  test.each<[string, Person[], Partial<PersonFacts>]>([
    ["number and username are two people's", [numbered, person({ id: "other", username: "amina" })], { number: "7", username: "amina" }],
    ["the number is one's, name and birth date are another's", [numbered, born], { number: "7", birthDate: "2016-01-02" }],
    ["two share name and birth date", [born, person({ id: "twin", birthDate: "2016-01-02" })], { birthDate: "2016-01-02" }],
    ["the number is of somebody with another name and birth date", [numbered], { number: "7", name: "Zuri", birthDate: "2014-01-01" }],
    ["the telephone is of a namesake with another birth date", [person({ phone: "+254700000001", birthDate: "2015-03-21" })], { phone: "+254700000001", birthDate: "2014-01-01" }],
  ])("could be several where %s", (_where, people, facts) => {
    expect(() => at(people, facts)).toThrow(new RowProblem("person_ambiguous"));
  });
});

test("FAM-13: a family is called the same with or without the words for one; one that is called nothing else keeps them", () => {
  expect(["The Otieno Family", "otieno", "Familia  OTIENO", "Otieno household"].map(familyKey)).toEqual(["otieno", "otieno", "otieno", "otieno"]);
  expect([familyKey("The Family"), familyKey("Familiar")]).toEqual(["the family", "familiar"]);
});

test("FAM-13: names are alike when one may be a slip for the other, and not when they are the same", () => {
  expect([isAlike("otieno", "otienp"), isAlike("otieno", "otien"), isAlike("otieno", "toieno"), isAlike("grace achieng", "grace achein")]).toEqual([true, true, true, true]);
  expect([isAlike("otieno", "otieno"), isAlike("otieno", "otinep"), isAlike("ali", "amina"), isAlike("jane", "joan")]).toEqual([false, false, false, false]);
});

test("FAM-13: people are compared by a birth date or a telephone that they share, and by a name", () => {
  const [one, other] = [person({ id: "one", birthDate: "2015-03-21", phone: "+254700000001" }), person({ id: "other", name: "Zuri", phone: "+254700000001" })];
  const traits = new Traits([one, other]);
  expect([...traits.named("AMINA")]).toEqual([one]);
  expect([...traits.named("nobody")]).toEqual([]);
  expect([...traits.sharing({ roles: [], name: "", birthDate: "2015-03-21" })]).toEqual([one]);
  expect([...traits.sharing({ roles: [], name: "", phone: "+254700000001" })]).toEqual([one, other]);
  expect([...traits.sharing({ roles: [], name: "Amina", birthDate: "2000-01-01" })]).toEqual([]);
});

describe("FAM-13: a list of families", () => {
  const read = (value: unknown) => readFamilies(new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)));

  test("is read as JSON: people by a name or in full, numbers as text, either word for the name; blank is not said", () => {
    expect(read({ families: [{ id: 7, family: "Kamau", programmes: "CBC | IGCSE, CBC", parents: [" Wairimu ", "", { name: "Baba", email: " ", phone: 712000111 }], students: [{ name: "Njeri", level: 6, birthDate: null }] }] })).toEqual([{
      part: "", line: 1, family: { key: "7", name: "Kamau", programmes: ["CBC", "IGCSE"], parents: [{ name: "Wairimu" }, {}, { name: "Baba", phone: "712000111" }], students: [{ name: "Njeri", level: "6" }] },
    }]);
    expect(read([{ name: "Own", family: "Other", status: "inactive", programmes: ["CBC"] }])).toEqual([{ part: "", line: 1, family: { name: "Own", status: "inactive", programmes: ["CBC"], parents: [], students: [] } }]);
  });

  test("may hold a line that is none; the others are read", () => {
    expect(read(["Kamau", { name: "Too many", parents: Array.from({ length: 5 }, () => "Somebody") }, { name: "Good" }]).map(({ line, family }) => [line, family?.name ?? null])).toEqual([[1, null], [2, null], [3, "Good"]]);
  });

  test("is read as CSV: numbered columns, and people of whom nothing is said are not there", () => {
    expect(read("Family;Id;Parent 1 name;Parent 2 name;Parent 2 phone;Student 3 name;Student 3 number\nKamau;F1;;Baba;0712;Njeri;9")).toEqual([
      { part: "", line: 2, family: { key: "F1", name: "Kamau", programmes: [], parents: [{ name: "Baba", phone: "0712" }], students: [{ name: "Njeri", number: "9" }] } },
    ]);
  });

  test.each([["[1", "not_json"], ['{"people": []}', "families_missing"], ["name;parent\nKamau;Baba", "csv_columns_missing"], ["", "csv_columns_missing"]])("%s is refused at the file: %s", (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: "invalid_input", fields: [{ path: "file", message }] }) as Error);
  });
});
