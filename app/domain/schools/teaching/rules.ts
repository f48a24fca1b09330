/** What became of one of many. `reason`: a key of the catalogue's `problems`. */
export type Result = { studentId: string; outcome: "done" | "already" | "refused"; reason: string | null };

type Span = { startsAt: number; endsAt: number | null };
/** Begun and not ended; the end is exclusive. */
export const isInForce = ({ startsAt, endsAt }: Span, now: number): boolean => startsAt <= now && (endsAt === null || now < endsAt);

type Terms = { tutorId: string | null; classId: string | null; customName: string | null };
export type Step = "begin" | "take_up_again" | "change" | "nothing";

/** What has to be done so that the enrolment is as wanted. One that ended is taken up again: the same row, and so the same rooms. */
export function stepTowards(wanted: Terms, existing: (Span & Terms) | undefined, now: number): Step {
  if (!existing) return "begin";
  if (existing.endsAt !== null && existing.endsAt <= now) return "take_up_again";
  return (["tutorId", "classId", "customName"] as const).some((term) => wanted[term] !== existing[term]) ? "change" : "nothing";
}

export const ACTS = { begin: "enrolment.begun", take_up_again: "enrolment.begun", change: "enrolment.changed" } as const;

/** `done-already-refused`, to be said on the next page. */
export function countOf(results: Result[]): string {
  const many = (outcome: Result["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  return `${many("done")}-${many("already")}-${many("refused")}`;
}
