import * as z from "zod";
import type { AttendanceRow } from "#db/attendance.ts";
import { AttendanceInput, LocalDay, STATUSES } from "#app/domain/learning/attendance-inputs.ts";
import { listAttendance } from "#app/domain/learning/list-attendance.server.ts";
import { readGrowth, type Growth } from "#app/domain/learning/read-growth.server.ts";
import { takeAttendance } from "#app/domain/learning/take-attendance.server.ts";
import { CompetencyName, LevelName } from "#app/domain/learning/written-inputs.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { formatterFor } from "#app/i18n/format.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const ChildId = z.object({ childId: z.string() });
const Standing = z.object({
  competency: CompetencyName, level: LevelName.nullable().meta({ description: "Null: not enough evidence yet" }), trend: z.enum(["rising", "steady", "falling"]).nullable(),
  sureness: z.enum(["low", "fair", "high"]).nullable(), pieces: z.int().meta({ description: "How much evidence of the last 180 days the caller may see" }), latestAt: Instant.nullable(),
}).meta({ id: "CompetencyStanding", description: "Never summed, averaged or ranked" });
const Evidence = z.object({ id: z.string(), source: z.enum(["observation", "assessment", "feedback"]), sourceId: z.string(), level: LevelName, about: z.string(), by: z.string().nullable(), at: Instant }).meta({ id: "CompetencyEvidence" });
const SubjectLevel = z.object({ id: z.string(), title: z.string(), on: z.iso.date() });
const Journey = z.object({
  focus: z.array(z.object({ about: z.enum(["competency", "subject"]), competency: CompetencyName.nullable(), subject: z.string().nullable(), why: z.enum(["low", "falling"]), level: LevelName, evidence: z.array(SubjectLevel) })),
  week: z.object({ startsOn: z.iso.date(), endsOn: z.iso.date(), told: z.array(z.string()).meta({ description: "In the caller's language; every figure is the record's" }) }),
  competencies: z.array(Standing),
}).meta({ id: "LearningJourney" });
export const AttendanceView = z.object({
  id: z.string(), date: z.iso.date(), of: z.string().nullable().meta({ description: "The class, or the lesson's subject" }), lessonId: z.string().nullable(), status: z.enum(STATUSES), minutesLate: z.int().nullable(), note: z.string().nullable(),
}).meta({ id: "Attendance" });

export const attendanceView = ({ id, onDate, of, lessonId, status, minutesLate, note }: AttendanceRow): z.infer<typeof AttendanceView> => ({ id, date: onDate, of, lessonId, status, minutesLate, note });

const standing = ({ latestAt, ...rest }: Growth["competencies"][number]) => ({ ...rest, latestAt: isoTimeOrNull(latestAt) });

export const growth = [
  endpoint({
    method: "get", path: "/children/{childId}/competencies", tag: "Learning", summary: "The seven competencies by what the caller may see; with `competency` its evidence", actor: "required", policy: "own", params: ChildId,
    query: z.object({ competency: CompetencyName.optional() }), answers: { 200: z.object({ competencies: z.array(Standing), evidence: z.array(Evidence).nullable() }) },
    handle: async ({ ctx, actor, params, query }) => {
      const { competencies, evidence } = await readGrowth(ctx, actor, params.childId, { week: null, competency: query.competency ?? null });
      return { status: 200, body: { competencies: competencies.map(standing), evidence: evidence && evidence.map(({ id, source, sourceId, level, about, by, at }) => ({ id, source, sourceId, level, about, by, at: isoTime(at) })) } };
    },
  }),
  endpoint({
    method: "get", path: "/children/{childId}/learning-journey", tag: "Learning", summary: "What needs attention and why, the week in sentences, and the competencies", actor: "required", policy: "own", params: ChildId,
    query: z.object({ week: LocalDay.optional().meta({ description: "A date in the week; this week unless given" }) }), answers: { 200: Journey },
    handle: async ({ ctx, actor, params, query }) => {
      const { child, focus, week, competencies } = await readGrowth(ctx, actor, params.childId, { week: query.week ?? null, competency: null });
      return {
        status: 200, body: {
          focus: focus.map((area) => (area.about === "competency"
            ? { about: area.about, competency: area.competency, subject: null, why: area.why, level: area.level, evidence: [] }
            : { about: area.about, competency: null, subject: area.subject, why: area.why, level: area.level, evidence: area.evidence.map(({ id, title, on }) => ({ id, title, on })) })),
          week: { startsOn: week.startsOn, endsOn: week.endsOn, told: messagesFor(actor.locale).learning.weekTold(week, child, formatterFor(actor.locale, actor.timeZone)) }, competencies: competencies.map(standing),
        },
      };
    },
  }),
  endpoint({
    method: "get", path: "/attendance", tag: "Learning", summary: "When a student was there, the latest first", actor: "required", policy: "own", query: Paging.extend({ studentId: z.string().max(60) }), answers: { 200: pageOf(AttendanceView) },
    handle: async ({ ctx, actor, query: { studentId, ...paging } }) => {
      const { items, nextCursor } = await listAttendance(ctx, actor, studentId, paging);
      return { status: 200, body: { items: items.map(attendanceView), nextCursor } };
    },
  }),
  endpoint({
    method: "post", path: "/attendance", tag: "Learning", summary: "Take a class's attendance of a day, or correct it; the same again changes nothing", actor: "required", policy: "own", body: AttendanceInput, answers: { 200: z.object({ changed: z.int() }) },
    handle: async ({ ctx, actor, body }) => ({ status: 200, body: await takeAttendance(ctx, actor, body) }),
  }),
];
