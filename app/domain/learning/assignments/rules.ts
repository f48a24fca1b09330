export type AssignmentStatus = "draft" | "open" | "closed";
export type Attempt = { attempt: number; status: "waiting" | "returned" | "reviewed" };

/** A student's lists: what is to be done, what waits for feedback, what has it. */
export const SHOWN = ["todo", "handed_in", "reviewed"] as const;
export type Shown = (typeof SHOWN)[number];

/** The end is exclusive: at the due instant itself it is late. Late work is taken, and marked. */
export const isLate = (at: number, dueAt: number): boolean => at >= dueAt;

/** A draft is opened; what is open is closed and may be opened again. What students have seen is no draft any more. */
export const mayBecome = (from: AssignmentStatus, to: AssignmentStatus): boolean => from === to || (to === "open" ? true : to === "closed" && from === "open");

export const nextAttempt = (latest: Pick<Attempt, "attempt"> | undefined): number => (latest?.attempt ?? 0) + 1;

/** Whether an attempt is taken: until the assignment is closed, and until there is feedback, unless it was sent back. Keys of the catalogue's `problems`. */
export function judgeHandIn({ status, latest, attempt }: { status: AssignmentStatus; latest: Attempt | undefined; attempt: number }): "taken" | "assignment_closed" | "already_reviewed" | "attempt_taken" {
  if (status !== "open") return "assignment_closed";
  if (latest?.status === "reviewed") return "already_reviewed";
  return attempt === nextAttempt(latest) ? "taken" : "attempt_taken";
}

/** Feedback goes to the latest attempt, once. */
export function judgeFeedback({ attempt, newest, status }: Attempt & { newest: number }): "taken" | "newer_attempt" | "already_reviewed" {
  if (attempt < newest) return "newer_attempt";
  return status === "waiting" ? "taken" : "already_reviewed";
}
