import type { Endpoint } from "./endpoint.ts";
import { achievements } from "./achievements.ts";
import { assignments } from "./assignments.ts";
import { availability } from "./availability.ts";
import { calendarFeeds } from "./calendar-feeds.ts";
import { classCodes } from "./class-codes.ts";
import { credentials } from "./credentials.ts";
import { enrolments } from "./enrolments.ts";
import { files } from "./files.ts";
import { growth } from "./growth.ts";
import { imports } from "./imports.ts";
import { lessonAttendance } from "./lesson-attendance.ts";
import { lessons } from "./lessons.ts";
import { materials } from "./materials.ts";
import { merges } from "./merges.ts";
import { moderation } from "./moderation.ts";
import { people } from "./people.ts";
import { restrictions } from "./restrictions.ts";
import { schools } from "./schools.ts";
import { studyPlans } from "./study-plans.ts";
import { written } from "./written.ts";

/** Doors of those who teach and of what they keep: each whose tag is of schools (`isOfSchools` in scope.ts). */
export const ofSchools: Endpoint[] = [
  ...restrictions,
  ...classCodes,
  ...imports, ...enrolments,
  ...lessons,
  ...achievements, ...credentials,
  ...materials, ...studyPlans, ...assignments, ...files,
  ...written, ...growth,
  ...lessonAttendance, ...availability, ...calendarFeeds,
  ...schools, ...people,
  ...merges,
  ...moderation,
];
