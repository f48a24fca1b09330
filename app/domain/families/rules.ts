import { DAY } from "../clock.ts";

/** How long an invitation can be answered; the end is exclusive. */
export const INVITATION_LIFE = 7 * DAY;

export type InvitationStatus = "pending" | "accepted" | "declined" | "cancelled" | "expired";

/** What an invitation is at that instant: nobody has to come by to let it expire. */
export function invitationStatus({ status, expiresAt }: { status: InvitationStatus; expiresAt: number }, now: number): InvitationStatus {
  return status === "pending" && now >= expiresAt ? "expired" : status;
}
