import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFrame } from "#app/domain/chat/frames.ts";
import { countersFromWire, countersToWire, COUNTERS, LONGEST_FRAME, timeFromWire, timeToWire, VERSION, type ClientFrame, type Counters, type ServerFrame } from "#app/domain/chat/protocol.ts";

test("CHT-3: what a browser says is read as it was meant", () => {
  const said: ClientFrame[] = [
    ["hi", 1, [[1, "conv_1", 12, 3], [2, "conv_2", 0, 0]]], ["watch", 3, "conv_3", 4, 5], ["unwatch", 3],
    ["send", 1, "client-one", "Good morning"], ["typing", 1], ["read", 1, 7],
  ];
  for (const frame of said) expect(parseFrame(JSON.stringify(frame))).toEqual({ frame });
});

const isGreeting = (raw: string) => /^\s*\[\s*"hi"/.test(raw) && Array.isArray(JSON.parse(raw)) && (JSON.parse(raw) as unknown[])[1] !== VERSION;

test("CHT-3: what is no frame is refused, whatever it is", () => {
  expect(parseFrame("hello")).toEqual({ refused: "malformed", about: null });
  expect(parseFrame(new ArrayBuffer(8))).toEqual({ refused: "malformed", about: null });
  expect(parseFrame(JSON.stringify(["send", 1, "client-one", "x".repeat(LONGEST_FRAME)]))).toEqual({ refused: "too_big", about: null });
  expect(parseFrame(JSON.stringify(["send", 1, "client-one", "x".repeat(4001)]))).toEqual({ refused: "malformed", about: "client-one" });
  expect(parseFrame(JSON.stringify(["send", 1, "client-one", "As somebody else", "user_other"]))).toEqual({ refused: "malformed", about: "client-one" });
  expect(parseFrame(JSON.stringify(["hi", 2, "of another shape"]))).toEqual({ refused: "version", about: null });
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.array(fc.anything()).map((value) => JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? 0 : each)) ?? "")), (raw) => {
    const found = parseFrame(raw);
    if ("frame" in found) expect(found.frame).toEqual(JSON.parse(raw));
    else expect(found.refused).toBe(isGreeting(raw) ? "version" : "malformed");
  }));
});

test("Q-8: a delivered message of 40 characters takes at most 120 bytes with the socket's own header, late in a long life", () => {
  const frame: ServerFrame = ["m", 31, [[1_000_000, 9_000_000, 999, timeToWire(Date.parse("2036-01-01T00:00:00Z")), "x".repeat(40)]]];
  expect(new TextEncoder().encode(JSON.stringify(frame)).length + 2).toBeLessThanOrEqual(120);
});

test("NOT-4: counters and instants are on the wire what they were", () => {
  const counters = Object.fromEntries(COUNTERS.map((name, at) => [name, at + 1])) as Counters;
  expect(countersFromWire(countersToWire(counters))).toEqual(counters);
  const instant = Date.parse("2026-11-21T11:40:05Z");
  expect(timeFromWire(timeToWire(instant + 999))).toBe(instant);
});

test("NOT-4: a counter that an older server does not tell is nought", () => {
  expect(countersFromWire([3, 1])).toEqual({ ...Object.fromEntries(COUNTERS.map((name) => [name, 0])), messages: 3, alerts: 1 });
});
