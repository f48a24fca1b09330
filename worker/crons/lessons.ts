import { expireBookings } from "#app/domain/lessons/expire-bookings.server.ts";
import { settleLessons } from "#app/domain/lessons/settle-lessons.server.ts";
import type { Sweep } from "./schedule.ts";

/** Questions about lessons that nobody answered in time. */
export const bookings: Sweep = expireBookings;

/** Lessons whose family has had its time. */
export const lessons: Sweep = settleLessons;
