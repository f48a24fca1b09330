import { DAY } from "../clock.ts";
import { invalid } from "../errors.ts";

/** How long an invitation can be answered; the end is exclusive. */
export const INVITATION_LIFE = 7 * DAY;

/** A code is told or shown to somebody who is there. */
export const PAIRING_LIFE = DAY;
export const PAIRING_LENGTH = 8;
/** No letter or figure that looks or sounds like another. */
export const PAIRING_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679";

/** A typed pairing code as it was made: without gaps and dashes, in capitals; null: none at all, by its form. */
export function pairingCodeOf(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, "").toUpperCase();
  return code.length === PAIRING_LENGTH && [...code].every((letter) => PAIRING_LETTERS.includes(letter)) ? code : null;
}

/** As it is shown: in two halves. */
export const shownCode = (code: string) => `${code.slice(0, PAIRING_LENGTH / 2)}-${code.slice(PAIRING_LENGTH / 2)}`;

/** How far ahead rights may begin, and how long they may be lent. */
export const FAR_AHEAD = 366 * DAY;

/** Rights begin now or later, and end after that. Throws invalid_input at the date. */
export function requireDates({ startsAt, endsAt }: { startsAt: number; endsAt: number | null }, now: number): void {
  if (startsAt > now + FAR_AHEAD) throw invalid("startsAt", "date_too_far");
  if (endsAt !== null && (endsAt <= startsAt || endsAt <= now)) throw invalid("endsAt", "ends_too_soon");
}

export type InvitationStatus = "pending" | "accepted" | "declined" | "cancelled" | "expired";

/** What an invitation is at that instant: nobody has to come by to let it expire. */
export function invitationStatus({ status, expiresAt }: { status: InvitationStatus; expiresAt: number }, now: number): InvitationStatus {
  return status === "pending" && now >= expiresAt ? "expired" : status;
}
