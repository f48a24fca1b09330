import * as z from "zod";
import type { LessonChange, LessonRow } from "#db/lessons.ts";
import { askToMove } from "#app/domain/lessons/ask-to-move.server.ts";
import { MoveRequestInput } from "#app/domain/lessons/booking-inputs.ts";
import { cancelLesson, foreseeCancellation } from "#app/domain/lessons/cancel-lesson.server.ts";
import { changeLesson } from "#app/domain/lessons/change-lesson.server.ts";
import { createLesson } from "#app/domain/lessons/create-lesson.server.ts";
import { createSeries, foreseeSeries } from "#app/domain/lessons/create-series.server.ts";
import { CancelLessonInput, ChangeLessonInput, CreateLessonInput, ListLessonsInput, Scope, SeriesInput } from "#app/domain/lessons/inputs.ts";
import { getLesson, listLessonChanges, listLessons, listLessonsOfSeries } from "#app/domain/lessons/list-lessons.server.ts";
import { minutesOf } from "#app/domain/lessons/rules.ts";
import { daysAfter } from "#app/domain/lessons/series.ts";
import { localDate, startOfDay } from "#app/domain/clock.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Person = z.object({ id: z.string(), name: z.string() });
const LessonView = z.object({
  id: z.string(), enrolmentId: z.string(), schoolId: z.string(), teacher: Person, student: Person, subject: z.string(), topic: z.string().nullable(), place: z.string().nullable(), link: z.string().nullable(),
  status: z.enum(["asked", "scheduled", "denied", "expired", "cancelled"]), timeZone: z.string(), localStart: z.string().meta({ description: "Wall-clock time in the lesson's zone" }), localEnd: z.string(), startsAt: Instant, endsAt: Instant, minutes: z.int(),
  usesHours: z.boolean(), hours: z.enum(["consumed", "released"]).nullable().meta({ description: "What became of the hours held for it" }), seriesId: z.string().nullable(), seriesDate: z.string().nullable(),
  approved: z.boolean().meta({ description: "A guardian agreed to this time: the school asks before it moves the lesson" }), moveTo: Instant.nullable().meta({ description: "Where it would move to, while the guardians are asked" }),
  cancelledAs: z.enum(["teacher", "family", "administration"]).nullable(), cancelReason: z.string().nullable(), revision: z.int(),
}).meta({ id: "Lesson" });
const view = (row: LessonRow): z.infer<typeof LessonView> => ({
  id: row.id, enrolmentId: row.enrolmentId, schoolId: row.schoolId, teacher: { id: row.teacherId, name: row.teacher }, student: { id: row.studentId, name: row.student }, subject: row.subject, topic: row.topic, place: row.place, link: row.link,
  status: row.status, timeZone: row.timeZone, localStart: row.localStart, localEnd: row.localEnd, startsAt: isoTime(row.startsAt, row.timeZone), endsAt: isoTime(row.endsAt, row.timeZone), minutes: minutesOf(row),
  usesHours: row.usesHours, hours: row.hours, seriesId: row.seriesId, seriesDate: row.seriesDate, approved: row.approvedBy !== null, moveTo: isoTimeOrNull(row.moveTo), cancelledAs: row.cancelledAs, cancelReason: row.cancelReason, revision: row.revision,
});
const ChangeView = z.object({ id: z.string(), what: z.string(), by: Person.nullable(), at: Instant, facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) }).meta({ id: "LessonHistoryEntry" });
const changeView = ({ id, what, byId, by, at, facts }: LessonChange): z.infer<typeof ChangeView> => ({ id, what, by: byId === null ? null : { id: byId, name: by ?? "" }, at: isoTime(at), facts });

const ConsequenceView = z.object({
  as: z.enum(["teacher", "family", "administration"]), problem: z.string().nullable().meta({ description: "Why it cannot be cancelled" }), lessons: z.int(),
  hours: z.enum(["consumed", "released", "none"]), minutes: z.object({ consumed: z.int(), released: z.int() }), told: z.array(z.string()).meta({ description: "Who is told" }),
}).meta({ id: "CancellationConsequence" });
const Occasion = z.object({ localStart: z.string(), localEnd: z.string(), startsAt: Instant, skipped: z.boolean().meta({ description: "The clocks skip the usual hour on that day: it moved to the nearest" }) });
const occasion = ({ localStart, localEnd, startsAt, timeZone }: Pick<LessonRow, "localStart" | "localEnd" | "startsAt" | "timeZone">, skipped: boolean): z.infer<typeof Occasion> => ({ localStart, localEnd, startsAt: isoTime(startsAt, timeZone), skipped });
const SeriesView = z.object({ id: z.string(), lessons: z.array(Occasion) }).meta({ id: "LessonSeries" });
const ForeseenSeries = z.object({ lessons: z.array(Occasion), clashes: z.array(z.object({ localStart: z.string(), busy: z.enum(["teacher", "student"]) })) }).meta({ id: "LessonSeriesPreview" });

const LessonId = z.object({ lessonId: z.string() });
const own = { tag: "Lessons", actor: "required", policy: "own" } as const;

export const lessons = [
  endpoint({
    ...own, method: "get", path: "/lessons", summary: "A timetable: my own, a student's, or a school's", query: Paging.extend(ListLessonsInput.shape), answers: { 200: pageOf(LessonView) },
    handle: async ({ ctx, actor, query: { studentId, schoolId, teacherId, from, to, limit, cursor } }) => {
      const first = from ?? localDate(ctx.clock.now(), actor.timeZone);
      const whose = studentId !== undefined ? { studentId } : schoolId !== undefined ? { schoolId, teacherId } : "mine";
      const { items, nextCursor } = await listLessons(ctx, actor, whose, { from: startOfDay(first, actor.timeZone), to: startOfDay(to ?? daysAfter(first, 28), actor.timeZone), limit, cursor });
      return { status: 200, body: { items: items.map(view), nextCursor } };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/lessons", summary: "Set a lesson", body: CreateLessonInput, answers: { 201: LessonView }, refusals: [409],
    handle: async ({ ctx, actor, body, idempotencyKey }) => ({ status: 201, body: view(await getLesson(ctx, actor, await createLesson(ctx, actor, body, await repeatOf(idempotencyKey, ["lesson", body])))) }),
  }),
  endpoint({
    ...own, method: "get", path: "/lessons/{lessonId}", summary: "A lesson", params: LessonId, answers: { 200: LessonView },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await getLesson(ctx, actor, params.lessonId)) }),
  }),
  endpoint({
    ...own, method: "patch", path: "/lessons/{lessonId}", summary: "Change a lesson, or more of its series; where guardians are asked first, it answers moveTo and stays", params: LessonId, body: ChangeLessonInput, answers: { 200: LessonView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await changeLesson(ctx, actor, params.lessonId, body);
      return { status: 200, body: view(await getLesson(ctx, actor, params.lessonId)) };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/lessons/{lessonId}/move-request", summary: "As its student, ask to move a lesson to a time that the teacher offers; where guardians are asked, it stays", params: LessonId, body: MoveRequestInput, answers: { 200: LessonView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await askToMove(ctx, actor, params.lessonId, body);
      return { status: 200, body: view(await getLesson(ctx, actor, params.lessonId)) };
    },
  }),
  endpoint({
    ...own, method: "get", path: "/lessons/{lessonId}/cancellation", summary: "What cancelling would do", params: LessonId, query: z.object({ scope: Scope.default("one") }), answers: { 200: ConsequenceView },
    handle: async ({ ctx, actor, params, query }) => ({ status: 200, body: await foreseeCancellation(ctx, actor, params.lessonId, query.scope) }),
  }),
  endpoint({
    ...own, method: "post", path: "/lessons/{lessonId}/cancellation", summary: "Cancel a lesson, or more of its series", params: LessonId, body: CancelLessonInput, answers: { 200: LessonView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await cancelLesson(ctx, actor, params.lessonId, body);
      return { status: 200, body: view(await getLesson(ctx, actor, params.lessonId)) };
    },
  }),
  endpoint({
    ...own, method: "get", path: "/lessons/{lessonId}/history", summary: "What happened to a lesson", params: LessonId, query: Paging, answers: { 200: pageOf(ChangeView) },
    handle: async ({ ctx, actor, params, query }) => {
      const { items, nextCursor } = await listLessonChanges(ctx, actor, params.lessonId, query);
      return { status: 200, body: { items: items.map(changeView), nextCursor } };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/lesson-series", summary: "Set a lesson every so many weeks, all or nothing", body: SeriesInput, answers: { 201: SeriesView }, refusals: [409],
    handle: async ({ ctx, actor, body, idempotencyKey }) => {
      const id = await createSeries(ctx, actor, body, await repeatOf(idempotencyKey, ["series", body]));
      const made = await listLessonsOfSeries(ctx, actor, id);
      return { status: 201, body: { id, lessons: made.map((lesson) => occasion(lesson, lesson.localStart !== `${lesson.seriesDate}T${body.localStart}`)) } };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/lesson-series/preview", summary: "The lessons that a series would have, and when somebody has no time for them; none is made", body: SeriesInput, answers: { 200: ForeseenSeries },
    handle: async ({ ctx, actor, body }) => {
      const { lessons: foreseen, clashes } = await foreseeSeries(ctx, actor, body);
      return { status: 200, body: { lessons: foreseen.map((lesson) => occasion(lesson, lesson.skipped)), clashes } };
    },
  }),
];
