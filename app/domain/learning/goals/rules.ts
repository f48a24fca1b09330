export const AREAS = ["academic", "behavioural", "creative", "health"] as const;
export type Area = (typeof AREAS)[number];
export const STATUSES = ["active", "paused", "completed", "cancelled"] as const;
export type Status = (typeof STATUSES)[number];

const TURNS: Record<Status, readonly Status[]> = { active: ["paused", "completed", "cancelled"], paused: ["active", "completed", "cancelled"], completed: ["active"], cancelled: ["active"] };

/** Whether a goal may go from the one to the other; staying as it is, always. */
export const mayTurn = (from: Status, to: Status): boolean => from === to || TURNS[from].includes(to);
export const turnsOf = (from: Status): readonly Status[] => TURNS[from];
export const isOpen = (status: Status): boolean => status === "active" || status === "paused";
