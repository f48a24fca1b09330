import { afterEach, expect, vi } from "vitest";

/** Whatever reaches console.error in a test is a fault that nobody asked for. A test that expects one says so with `expectError`. */
const errors: string[] = [];
vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => void errors.push(words.map(String).join(" ")));
vi.spyOn(console, "log").mockImplementation(() => undefined);

export function expectError(pattern: RegExp): void {
  const at = errors.findIndex((error) => pattern.test(error));
  expect(at, `console.error matching ${pattern}`).not.toBe(-1);
  errors.splice(at, 1);
}

afterEach(() => {
  expect(errors.splice(0), "stray console.error").toEqual([]);
});
