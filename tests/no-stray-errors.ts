import { afterEach, expect, vi } from "vitest";
import { strayErrors } from "./stray-errors.ts";

/** Whatever reaches console.error in a test is a fault that nobody asked for. */
vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => void strayErrors.push(words.map(String).join(" ")));
vi.spyOn(console, "log").mockImplementation(() => undefined);

afterEach(() => {
  expect(strayErrors.splice(0), "stray console.error").toEqual([]);
});
