import { expect } from "vitest";

/** What reached console.error in this test. Apart from the setup file, which every test file runs anew, so that all see the same list. */
export const strayErrors: string[] = [];

/** For a test that provokes an error on purpose. */
export function expectError(pattern: RegExp): void {
  const at = strayErrors.findIndex((error) => pattern.test(error));
  expect(at, `console.error matching ${pattern}`).not.toBe(-1);
  strayErrors.splice(at, 1);
}
