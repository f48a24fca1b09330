type Dates = { startsAt: number; endsAt: number | null };

/** The end is exclusive. */
export const isOver = ({ endsAt }: Dates, now: number): boolean => endsAt !== null && endsAt <= now;

type Standing = "coming" | "in_force" | "over";
export const standingOf = (dates: Dates, now: number): Standing => (isOver(dates, now) ? "over" : now < dates.startsAt ? "coming" : "in_force");
