import { expireBookings } from "#app/domain/lessons/expire-bookings.server.ts";
import { settleLessons } from "#app/domain/lessons/settle-lessons.server.ts";
import { planReminders } from "#app/domain/lessons/send-reminders.server.ts";
import type { Sweep } from "./schedule.ts";

/** Questions about lessons that nobody answered in time. */
export const bookings: Sweep = expireBookings;

/** Lessons whose family has had its time. */
export const lessons: Sweep = settleLessons;

/** Lessons that come near. */
export const lessonReminders: Sweep = planReminders;
