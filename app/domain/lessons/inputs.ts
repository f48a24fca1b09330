import * as z from "zod";

/** What clocks show, and the offset where they show it twice: `2026-10-25T01:30+00:00`. */
export const LocalTime = z.string("local_time_malformed").trim().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/, "local_time_malformed").meta({ description: "Wall-clock time, with its offset only where the clocks show it twice", example: "2026-11-24T16:00" });
const Minutes = z.int("minutes_missing");
export const TimeZone = z.string().max(60, "too_long").meta({ description: "IANA zone", example: "Africa/Nairobi" });
const words = (most: number) => z.string().trim().max(most, "too_long").transform((text) => text || null).nullable();
const Link = z.string().trim().max(500, "too_long").transform((text) => text || null).nullable().refine((text) => text === null || (/^https:\/\/\S+$/.test(text) && URL.canParse(text)), "link_unusable");

const details = { topic: words(200), place: words(200), link: Link };
const oneEnd = (times: { localEnd?: unknown; minutes?: unknown }) => (times.localEnd === undefined) !== (times.minutes === undefined);

const lesson = { enrolmentId: z.string("enrolment_missing").max(60, "too_long"), timeZone: TimeZone.optional().meta({ description: "The school's where it is left out" }), topic: details.topic.default(null), place: details.place.default(null), link: details.link.default(null), usesHours: z.boolean().default(false) };

export const CreateLessonInput = z.object({ ...lesson, localStart: LocalTime, localEnd: LocalTime.optional(), minutes: Minutes.optional().meta({ description: "In place of localEnd" }) })
  .refine(oneEnd, { path: ["localEnd"], message: "lesson_end_missing" }).meta({ id: "NewLesson" });
export type CreateLessonInput = z.infer<typeof CreateLessonInput>;

/** Which lessons of a series an act is about: future ones alone. */
export const Scope = z.enum(["one", "following", "all"], "not_a_choice");
export type Scope = z.infer<typeof Scope>;
const Revision = z.int().optional().meta({ description: "The revision that was seen: the act is refused if the lesson was changed since" });

export const ChangeLessonInput = z.object({
  localStart: LocalTime.optional(), localEnd: LocalTime.optional(), minutes: Minutes.optional(), timeZone: TimeZone.optional(),
  topic: details.topic.optional(), place: details.place.optional(), link: details.link.optional(), usesHours: z.boolean().optional(),
  scope: Scope.default("one"), includeMoved: z.boolean().default(false).meta({ description: "Also those of the series that were moved by hand" }), revision: Revision,
}).refine((change) => change.localEnd === undefined || change.minutes === undefined, { path: ["minutes"], message: "lesson_end_missing" }).meta({ id: "LessonChange" });
export type ChangeLessonInput = z.infer<typeof ChangeLessonInput>;

export const CancelLessonInput = z.object({
  reason: words(300).default(null), scope: Scope.default("one"), revision: Revision,
  expectedHours: z.enum(["consumed", "released", "none"]).optional().meta({ description: "The consequence that was shown: refused if it is another by now" }),
}).meta({ id: "LessonCancellation" });
export type CancelLessonInput = z.infer<typeof CancelLessonInput>;

export const SeriesInput = z.object({
  ...lesson, localStart: z.string("time_missing").regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time_missing").meta({ description: "Wall-clock time", example: "16:00" }), minutes: Minutes,
  startsOn: z.iso.date("date_missing"), everyWeeks: z.int("weeks_range").min(1, "weeks_range").max(12, "weeks_range").default(1),
  weekdays: z.array(z.int().min(1, "not_a_choice").max(7, "not_a_choice")).min(1, "weekdays_missing").max(7, "not_a_choice").meta({ description: "1 = Monday … 7 = Sunday" }),
  endsOn: z.iso.date("date_missing").optional().meta({ description: "Exclusive" }), count: z.int("series_count").min(1, "series_count").max(100, "series_count").optional(),
}).refine((series) => (series.endsOn === undefined) !== (series.count === undefined), { path: ["endsOn"], message: "series_end_missing" }).meta({ id: "NewLessonSeries" });
export const ListLessonsInput = z.object({
  studentId: z.string().max(60).optional(), schoolId: z.string().max(60).optional().meta({ description: "For its administration: everybody's" }), teacherId: z.string().max(60).optional().meta({ description: "With schoolId: this teacher's alone" }),
  from: z.iso.date("date_missing").optional().meta({ description: "In the caller's zone; today where it is left out" }), to: z.iso.date("date_missing").optional().meta({ description: "Exclusive; four weeks later where it is left out" }),
});

export type SeriesInput = z.infer<typeof SeriesInput>;
