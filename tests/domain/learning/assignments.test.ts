import fc from "fast-check";
import { expect, test } from "vitest";
import { isLate, judgeFeedback, judgeHandIn, mayBecome, nextAttempt, type AssignmentStatus, type Attempt } from "#app/domain/learning/assignments/rules.ts";

const statuses = fc.constantFrom<AssignmentStatus>("draft", "open", "closed");
const attempts = fc.record({ attempt: fc.integer({ min: 1, max: 50 }), status: fc.constantFrom<Attempt["status"]>("waiting", "returned", "reviewed") });

test("LRN-9: late begins with the due instant itself", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 1e9 }), (due, after) => isLate(due + after, due) && !isLate(due - 1 - after, due)));
});

test("LRN-9: exactly one attempt is taken, of an open assignment without feedback", () => {
  fc.assert(fc.property(statuses, fc.option(attempts, { nil: undefined }), fc.integer({ min: 1, max: 60 }), (status, latest, attempt) => {
    const taken = judgeHandIn({ status, latest, attempt }) === "taken";
    expect(taken).toBe(status === "open" && latest?.status !== "reviewed" && attempt === nextAttempt(latest));
  }));
  // The rule that the person can do nothing about is named first.
  expect(judgeHandIn({ status: "closed", latest: { attempt: 1, status: "reviewed" }, attempt: 1 })).toBe("assignment_closed");
  expect(judgeHandIn({ status: "open", latest: { attempt: 1, status: "reviewed" }, attempt: 1 })).toBe("already_reviewed");
});

test("LRN-9: feedback goes to the latest attempt, once", () => {
  fc.assert(fc.property(attempts, fc.integer({ min: 0, max: 5 }), (attempt, later) => {
    expect(judgeFeedback({ ...attempt, newest: attempt.attempt + later }) === "taken").toBe(later === 0 && attempt.status === "waiting");
  }));
});

test("LRN-9: what students have seen is no draft again, whatever is done to it", () => {
  fc.assert(fc.property(fc.array(statuses, { maxLength: 12, size: "max" }), (steps) => {
    let status: AssignmentStatus = "draft";
    let seen = false;
    for (const to of steps) {
      if (mayBecome(status, to)) status = to;
      seen ||= status !== "draft";
      expect(seen && status === "draft").toBe(false);
    }
  }));
  expect([mayBecome("draft", "closed"), mayBecome("closed", "open"), mayBecome("open", "closed")]).toEqual([false, true, true]);
});
