import { describe, expect, test } from "vitest";
import type { ZodType } from "zod";
import { AttendanceAct, AttendanceInput } from "#app/domain/lessons/attendance-inputs.ts";
import { BookingInput } from "#app/domain/lessons/booking-inputs.ts";
import { ChangeLessonInput, CreateLessonInput, SeriesInput } from "#app/domain/lessons/inputs.ts";
import { createFrom, LessonAct, lessonActFrom, seriesFrom } from "#app/domain/lessons/lesson-acts.ts";
import { issuesOf } from "#app/http/issues.ts";

/** What a form comes to: the input, or what is wrong at which fields. */
function read(schema: ZodType, typed: unknown): unknown {
  const { data, error } = schema.safeParse(typed);
  return error ? issuesOf(error).map(({ path, message }) => `${path}: ${message}`) : data;
}

const FIRST = { enrolmentId: "enr_1", date: "2026-11-25", time: "16:00", minutes: "60" };
const NOTHING = { topic: null, place: null, link: null, usesHours: false };

describe("LES-1: a lesson that is typed into a form", () => {
  test.each<[string, Record<string, string>, unknown]>([
    ["with all it can say", { ...FIRST, timeZone: "Europe/London", topic: " Fractions ", place: "Room 4", link: "https://meet.example/x", usesHours: "yes" }, { enrolmentId: "enr_1", localStart: "2026-11-25T16:00", minutes: 60, timeZone: "Europe/London", topic: "Fractions", place: "Room 4", link: "https://meet.example/x", usesHours: true }],
    ["with what it must say", FIRST, { enrolmentId: "enr_1", localStart: "2026-11-25T16:00", minutes: 60, ...NOTHING }],
    ["empty", {}, ["enrolmentId: enrolment_missing", "localStart: local_time_malformed"]],
    ["without its day", { ...FIRST, date: "" }, ["localStart: local_time_malformed"]],
    ["without its time", { enrolmentId: "enr_1", date: "2026-11-25", minutes: "60" }, ["localStart: local_time_malformed"]],
    ["of no whole minutes", { ...FIRST, minutes: "an hour" }, ["minutes: minutes_missing"]],
    ["with a link that others could change", { ...FIRST, link: "http://meet.example/x" }, ["link: link_unusable"]],
    ["with a link that is none", { ...FIRST, link: "https://[" }, ["link: link_unusable"]],
  ])("%s", (_name, typed, expected) => expect(read(CreateLessonInput, createFrom(typed))).toEqual(expected));
});

describe("LES-1, LES-5: what the forms of a lesson's page ask for", () => {
  const CHANGE = { act: "change", date: "2026-11-25", time: "16:00", minutes: "45", revision: "3" };
  test.each<[string, Record<string, string>, unknown]>([
    ["a guardian's change leaves alone what is the school's", { ...CHANGE, topic: "Games" }, { act: "change", localStart: "2026-11-25T16:00", minutes: 45, scope: "one", includeMoved: false, revision: 3 }],
    ["the school's says all, also what was emptied", { ...CHANGE, details: "yes", place: "Room 4", scope: "all", includeMoved: "yes" }, { act: "change", localStart: "2026-11-25T16:00", minutes: 45, ...NOTHING, place: "Room 4", scope: "all", includeMoved: true, revision: 3 }],
    ["a change of more than there is", { ...CHANGE, scope: "every" }, ["scope: not_a_choice"]],
    ["cancelling with a reason and what was foretold", { act: "cancel", reason: "Ill", scope: "following", revision: "2", expectedHours: "released" }, { act: "cancel", reason: "Ill", scope: "following", revision: 2, expectedHours: "released" }],
    ["cancelling without", { act: "cancel" }, { act: "cancel", reason: null, scope: "one" }],
    ["something else", { act: "forget" }, ["act: invalid"]],
  ])("%s", (_name, typed, expected) => expect(read(LessonAct, lessonActFrom(typed))).toEqual(expected));
});

describe("LES-5: a series that is typed into a form", () => {
  const WEEKLY = { ...FIRST, everyWeeks: "2" };
  const PARSED = { enrolmentId: "enr_1", localStart: "16:00", minutes: 60, startsOn: "2026-11-25", everyWeeks: 2, ...NOTHING };
  test.each<[string, Record<string, string>, unknown]>([
    ["is on the first lesson's day, and ends with its last day", { ...WEEKLY, lastDay: "2026-12-31" }, { ...PARSED, weekdays: [3], endsOn: "2027-01-01" }],
    ["is on further days, each once", { ...WEEKLY, count: "8", "weekday.3": "yes", "weekday.5": "yes", "weekday.9": "yes" }, { ...PARSED, weekdays: [3, 5], count: 8 }],
    ["begins on a Sunday", { ...WEEKLY, date: "2026-11-29", count: "1" }, { ...PARSED, startsOn: "2026-11-29", weekdays: [7], count: 1 }],
    ["ends on no day", { ...WEEKLY, lastDay: "some day" }, ["endsOn: date_missing"]],
    ["never ends", WEEKLY, ["endsOn: series_end_missing"]],
    ["is every half week", { ...WEEKLY, everyWeeks: "0.5", count: "8" }, ["everyWeeks: weeks_range"]],
    ["is empty", {}, ["enrolmentId: enrolment_missing", "localStart: time_missing", "minutes: minutes_missing", "startsOn: date_missing", "weekdays: weekdays_missing"]],
  ])("%s", (_name, typed, expected) => expect(read(SeriesInput, seriesFrom(typed))).toEqual(expected));
});

test("LES-1: a lesson ends in one way: at a time, or after so many minutes", () => {
  const twice = { localEnd: "2026-11-25T17:00", minutes: 60 };
  expect(read(ChangeLessonInput, twice)).toEqual(["minutes: lesson_end_missing"]);
  expect(read(CreateLessonInput, { enrolmentId: "enr_1", localStart: "2026-11-25T16:00", ...twice })).toEqual(["localEnd: lesson_end_missing"]);
  expect(read(ChangeLessonInput, { localEnd: "2026-11-25T17:00" })).toEqual({ localEnd: "2026-11-25T17:00", scope: "one", includeMoved: false });
});

test("LES-1, LES-4, LES-6: words that are blanks are none", () => {
  expect(read(ChangeLessonInput, { topic: "  ", place: "", link: " " })).toEqual({ topic: null, place: null, link: null, scope: "one", includeMoved: false });
  expect(read(AttendanceInput, { status: "present", note: "  " })).toEqual({ status: "present", note: null });
  expect(read(BookingInput, { enrolmentId: "enr_1", localStart: "2026-11-25T16:00", minutes: "45", message: " " })).toEqual({ enrolmentId: "enr_1", localStart: "2026-11-25T16:00", minutes: 45, message: null });
});

test.each<[Record<string, string>, string[]]>([
  [{ act: "take" }, ["status: attendance_status_missing"]],
  [{ act: "take", status: "late", minutesLate: "0" }, ["minutesLate: minutes_late_range"]],
  [{ act: "dispute", reason: "  " }, ["reason: reason_missing"]],
  [{ act: "resolve", resolution: "perhaps" }, ["resolution: not_a_choice"]],
  [{ act: "make-up" }, ["reason: reason_missing"]],
  [{ act: "erase" }, ["act: not_a_choice"]],
])("LES-6, LES-8: the attendance form %o says what is wrong at its field", (typed, problems) => expect(read(AttendanceAct, typed)).toEqual(problems));

test.each([["50", "length_not_offered"], ["long", "minutes_missing"]])("LES-4: a booking of %j minutes is none", (minutes, problem) => {
  expect(read(BookingInput, { enrolmentId: "enr_1", localStart: "2026-11-25T16:00", minutes })).toEqual([`minutes: ${problem}`]);
});
