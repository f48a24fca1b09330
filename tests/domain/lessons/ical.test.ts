import fc from "fast-check";
import ICAL from "ical.js";
import { expect, test } from "vitest";
import { calendarOf, escapeText, fold, type CalendarEvent } from "#app/domain/lessons/ical.ts";
import { localOf } from "#app/domain/lessons/local-time.ts";

const words = fc.string({ unit: "grapheme", maxLength: 200, size: "max" });
const octets = (text: string) => new TextEncoder().encode(text).length;
const event: CalendarEvent = { uid: "les_1@kinboard", startsAt: 0, endsAt: 3_600_000, changedAt: 0, sequence: 0, summary: "Mathematics", location: null, url: "https://kinboard.example/schedule/les_1", status: "CONFIRMED" };
const read = (text: string) => new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents("vevent").map((found) => new ICAL.Event(found));

test("STD-4: a folded line has at most 75 octets, and unfolds to what it was", () => {
  fc.assert(fc.property(words.map((text) => text.replace(/[\r\n]/g, "")), (line) => {
    const folded = fold(line);
    expect(folded.split("\r\n").every((part) => octets(part) <= 75)).toBe(true);
    expect(folded.replace(/\r\n /g, "")).toBe(line);
  }));
});

test("STD-4: words come back as they were typed, whatever signs are in them", () => {
  const typed = fc.array(fc.oneof(fc.constantFrom(",", ";", "\\", "\n", "\\n", "é", "🧮"), fc.string({ unit: "grapheme-ascii", maxLength: 30 })), { maxLength: 30, size: "max" }).map((parts) => parts.join(""));
  fc.assert(fc.property(typed, (text) => {
    const plain = escapeText(text).replace(/\\(.)/g, (_all, sign: string) => (sign === "n" ? "\n" : sign));
    expect(plain).toBe(text);
    expect(read(calendarOf("Kinboard", [{ ...event, summary: `Lesson ${text}`, location: `Room ${text}` }]))).toMatchObject([{ summary: `Lesson ${text}`, location: `Room ${text}` }]);
  }));
});

test("STD-4: no word can begin a line of its own, by whichever sign that breaks one", () => {
  const lines = calendarOf("Kinboard", [{ ...event, summary: "A\r\nBEGIN:VEVENT\rATTENDEE:x\nB\u0000\u000b" }]).split("\r\n");
  expect(lines.filter((line) => /^(BEGIN:VEVENT|ATTENDEE)/.test(line))).toEqual(["BEGIN:VEVENT"]);
  expect(lines).toContain("SUMMARY:A\\nBEGIN:VEVENT\\nATTENDEE:x\\nB");
});

test("STD-4: a lesson stands at its time by the clock of London before and after that changes, with state and revision", () => {
  const at = (instant: string) => ({ startsAt: Date.parse(instant), endsAt: Date.parse(instant) + 3_600_000 });
  const found = read(calendarOf("Kinboard", [
    { ...event, ...at("2027-03-27T16:00Z") }, { ...event, uid: "les_2@kinboard", ...at("2027-03-28T15:00Z"), sequence: 3, status: "CANCELLED" },
  ]));
  expect(found.map(({ startDate, endDate }) => [startDate, endDate].map((time) => localOf(time.toJSDate().getTime(), "Europe/London")))).toEqual([["2027-03-27T16:00", "2027-03-27T17:00"], ["2027-03-28T16:00", "2027-03-28T17:00"]]);
  expect(found.map(({ uid, sequence, component }) => [uid, sequence, component.getFirstPropertyValue("status")])).toEqual([["les_1@kinboard", 0, "CONFIRMED"], ["les_2@kinboard", 3, "CANCELLED"]]);
});
