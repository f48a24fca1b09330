import { DAY, HOUR } from "../clock.ts";

/** How long a word is waited for, how long everybody has to object once it is given, and how long the account can then be taken up again. */
export const WAIT_FOR_WORD = 7 * DAY;
export const WAIT_TO_OBJECT = 48 * HOUR;
export const TIME_TO_FINISH = 7 * DAY;

type RecoveryState = "waiting" | "cooling" | "ready" | "over";
type Row = { status: "waiting" | "vouched" | "done" | "cancelled" | "expired"; readyAt: number | null; expiresAt: number };

/** What a recovery is at that instant; ends are exclusive. */
export function recoveryState({ status, readyAt, expiresAt }: Row, now: number): RecoveryState {
  if (now >= expiresAt) return "over";
  if (status === "waiting") return "waiting";
  if (status !== "vouched" || readyAt === null) return "over";
  return now < readyAt ? "cooling" : "ready";
}
