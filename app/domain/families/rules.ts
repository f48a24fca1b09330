import { DAY } from "../clock.ts";

/** How long an invitation can be answered; the end is exclusive. */
export const INVITATION_LIFE = 7 * DAY;

/** A PIN that anybody would try first: one figure repeated, or a run up or down. */
export function isGuessablePin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((figure, index) => Number(figure) - Number(pin[index])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0]!);
}

export type InvitationStatus = "pending" | "accepted" | "declined" | "cancelled" | "expired";

/** What an invitation is at that instant: nobody has to come by to let it expire. */
export function invitationStatus({ status, expiresAt }: { status: InvitationStatus; expiresAt: number }, now: number): InvitationStatus {
  return status === "pending" && now >= expiresAt ? "expired" : status;
}
