import { expireBookings } from "#app/domain/lessons/expire-bookings.server.ts";
import type { Sweep } from "./schedule.ts";

/** Questions about lessons that nobody answered in time. */
export const bookings: Sweep = expireBookings;
