import { DAY } from "../clock.ts";

/** How long an invitation to a school can be answered. */
export const SCHOOL_INVITATION_LIFE = 14 * DAY;
