import { expect, test } from "vitest";
import { noticeOf } from "#app/domain/integrations/words.ts";
import { DecisionInput, ReportInput } from "#app/domain/moderation/inputs.ts";
import { standingOf } from "#app/domain/restrictions/rules.ts";
import { SetConsentsInput } from "#app/domain/consent/inputs.ts";

test("CHT-7: a blank word with a report or its decision is none; one too long, and an unknown choice, are refused at their fields", () => {
  expect([ReportInput.parse({ reason: "unsafe", words: "  " }), ReportInput.parse({ reason: "other", words: " He hit me " }), ReportInput.parse({ reason: "other" })])
    .toEqual([{ reason: "unsafe", words: null }, { reason: "other", words: "He hit me" }, { reason: "other", words: null }]);
  expect(DecisionInput.parse({ outcome: "removed", note: null })).toEqual({ outcome: "removed", note: null });
  expect(ReportInput.safeParse({ reason: "bored", words: "x".repeat(501) }).error!.issues.map(({ path, message }) => [path[0], message])).toEqual([["reason", "report_reason_missing"], ["words", "too_long"]]);
  expect(DecisionInput.safeParse({ outcome: "forgotten", note: "x".repeat(301) }).error!.issues.map(({ path, message }) => [path[0], message])).toEqual([["outcome", "not_a_choice"], ["note", "too_long"]]);
});

test("CON-1: over the API a grant's end is an instant, and its reason at most three hundred signs", () => {
  const asked = { childId: "user_c", cells: [{ dataType: "media", recipient: "teachers" }], granted: true };
  expect(SetConsentsInput.parse({ ...asked, until: "2026-12-24T00:00:00+03:00", reason: " " })).toEqual({ ...asked, until: Date.parse("2026-12-23T21:00:00Z"), reason: null });
  expect(SetConsentsInput.safeParse({ ...asked, until: "Christmas", reason: "x".repeat(301) }).error!.issues.map(({ path, message }) => [path[0], message])).toEqual([["until", "wrong_form"], ["reason", "too_long"]]);
});

test("FAM-11: a restriction comes, is in force from its first instant, and is over at its end", () => {
  const dates = { startsAt: 100, endsAt: 200 };
  expect([99, 100, 199, 200].map((now) => standingOf(dates, now))).toEqual(["coming", "in_force", "in_force", "over"]);
  expect(standingOf({ startsAt: 100, endsAt: null }, 1e15)).toBe("in_force");
});

test("CHT-10: a notice says the subject, else what kind of conversation it is, else that it is one", () => {
  const about = (kind: string, subject: string | null) => noticeOf({ kind, subject }, "https://kinboard.test/messages/conv_1");
  expect([about("student_teacher", "Chemistry"), about("student_tutor", null), about("of_tomorrow", null)].map((text) => [/Chemistry/, /Tutoring/, /Conversation/].findIndex((word) => word.test(text)))).toEqual([0, 1, 2]);
});
