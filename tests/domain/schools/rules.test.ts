import { expect, test } from "vitest";
import type { Role } from "#app/domain/actor.ts";
import { administeredSchools, schoolMeant } from "#app/domain/schools/rules.ts";

const actor = (...held: [schoolId: string, role: Role][]) => ({ memberships: held.map(([schoolId, role]) => ({ schoolId, schoolName: schoolId.toUpperCase(), role })) }) as Parameters<typeof schoolMeant>[0];

test("SCH-1: who holds two offices at a school runs it once; teaching there is running nothing", () => {
  expect(administeredSchools(actor(["a", "school_owner"], ["a", "school_admin"], ["b", "teacher"], ["c", "school_admin"]))).toEqual([{ schoolId: "a", schoolName: "A" }, { schoolId: "c", schoolName: "C" }]);
});

test("SCH-1: an act of administration is about the school named, else about the only one that the actor runs", () => {
  expect(schoolMeant(actor(["a", "school_admin"]), "b")).toBe("b");
  expect(schoolMeant(actor(["a", "school_owner"], ["a", "school_admin"], ["b", "teacher"]), undefined)).toBe("a");
});

test("SCH-1: who runs no school is refused, and who runs several must say which", () => {
  expect(() => schoolMeant(actor(["b", "teacher"]), undefined)).toThrow(expect.objectContaining({ code: "forbidden" }) as Error);
  expect(() => schoolMeant(actor(["a", "school_admin"], ["b", "school_owner"]), undefined)).toThrow(expect.objectContaining({ code: "invalid_input", fields: [{ path: "schoolId", message: "school_missing" }] }) as Error);
});
