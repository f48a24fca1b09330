import * as z from "zod";
import { notFound } from "#app/domain/errors.ts";
import { getGuardianDashboard, type GuardianDashboard, type LessonBrief } from "#app/domain/dashboards/guardian-dashboard.server.ts";
import { getStudentDashboard } from "#app/domain/dashboards/student-dashboard.server.ts";
import { getTeacherDashboard, getTutorDashboard } from "#app/domain/dashboards/teacher-dashboard.server.ts";
import { levelOf } from "#app/domain/learning/competencies.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull, moneyView, MoneyView } from "./views.ts";

const Lesson = z.object({ id: z.string(), studentId: z.string(), student: z.string(), teacher: z.string(), subject: z.string(), startsAt: Instant, endsAt: Instant, status: z.enum(["asked", "scheduled"]) }).meta({ id: "LessonBrief" });
const lessonView = (lesson: LessonBrief) => ({ ...lesson, startsAt: isoTime(lesson.startsAt), endsAt: isoTime(lesson.endsAt) });
const Task = z.object({ id: z.string(), studentId: z.string(), title: z.string(), subject: z.string(), dueAt: Instant }).meta({ id: "TaskBrief" });

const Overview = z.object({
  waiting: z.array(z.object({ id: z.string(), studentId: z.string(), planName: z.string(), price: MoneyView, expiresAt: Instant })),
  children: z.array(z.object({
    id: z.string(), name: z.string(), waiting: z.int(), lessons: z.array(Lesson), attendance: z.enum(["present", "late", "absent", "excused"]).nullable(), tasks: z.int(), mood: z.string().nullable(),
    leftThisWeek: MoneyView.nullable().describe("Null without a limit, or where the caller may not see it."),
  })),
}).meta({ id: "DashboardOverview" });
const overviewView = ({ waiting, children }: GuardianDashboard) => ({
  waiting: waiting.map(({ id, studentId, planName, amount, currency, expiresAt }) => ({ id, studentId, planName, price: { amount, currency }, expiresAt: isoTime(expiresAt) })),
  children: children.map(({ id, name, waiting: count, lessons, attendance, tasks, mood, standing }) => ({ id, name, waiting: count, lessons: lessons.map(lessonView), attendance, tasks, mood, leftThisWeek: standing && moneyView(standing.week.left, standing.currency) })),
});

const Urgent = z.object({ items: z.array(z.object({
  kind: z.enum(["booking", "task", "consents", "quiet"]), childId: z.string(), child: z.string(), by: Instant.nullable(), lessonId: z.string().nullable(), assignmentId: z.string().nullable(), count: z.int().nullable().describe("Consents, or days of silence"),
})), nextCursor: z.null() }).meta({ id: "DashboardUrgent" });
const urgentView = ({ urgent }: GuardianDashboard) => ({
  items: urgent.map((item) => ({
    kind: item.kind, child: item.child, by: isoTimeOrNull(item.by),
    childId: item.kind === "booking" ? item.booking.studentId : item.kind === "task" ? item.task.studentId : item.childId,
    lessonId: item.kind === "booking" ? item.booking.lessonId : null, assignmentId: item.kind === "task" ? item.task.id : null, count: item.kind === "consents" ? item.count : item.kind === "quiet" ? item.days : null,
  })), nextCursor: null,
});

const Highlights = z.object({ items: z.array(z.object({ kind: z.enum(["achievement", "feedback", "goal"]), id: z.string(), studentId: z.string(), child: z.string(), title: z.string(), level: z.string().nullable(), at: Instant })), nextCursor: z.null() }).meta({ id: "DashboardHighlights" });
const highlightsView = ({ highlights }: GuardianDashboard) => ({ items: highlights.map(({ level, at, ...highlight }) => ({ ...highlight, level: level === null ? null : levelOf(level), at: isoTime(at) })), nextCursor: null });

const Summary = z.object({
  days: z.array(z.object({ date: z.iso.date(), minutes: z.int() })), total: z.int(), before: z.int().describe("Minutes in the seven days before"), children: z.array(z.object({ id: z.string(), name: z.string(), minutes: z.int() })),
}).nullable().meta({ id: "DashboardSummary" });
const summaryView = ({ week }: GuardianDashboard) => week && { days: week.dates.map((date, at) => ({ date, minutes: week.minutes[at]! })), total: week.total, before: week.before, children: week.children };

const Whole = z.object({ overview: Overview, urgent: Urgent, highlights: Highlights, summary: Summary }).meta({ id: "GuardianDashboard" });

/** A part of the guardian's home. */
const part = <S extends z.ZodType>(name: string, summary: string, view: S, of: (dashboard: GuardianDashboard) => unknown) => endpoint({
  method: "get", path: `/dashboard/${name}`, tag: "Dashboards", summary, actor: "required", policy: "own", answers: { 200: view },
  handle: async ({ ctx, actor }) => ({ status: 200, body: of(await getGuardianDashboard(ctx, actor)) }),
});

export const dashboards = [
  part("overview", "What waits for me, and each of my children today", Overview, overviewView),
  part("urgent", "What needs me soon, the most pressing first", Urgent, urgentView),
  part("highlights", "What went well in the last two weeks", Highlights, highlightsView),
  part("summary", "My family’s last seven days of learning", Summary, summaryView),
  endpoint({
    method: "get", path: "/parents/{parentId}/dashboard", tag: "Dashboards", summary: "All of it, for a parent by id: oneself", actor: "required", policy: "own", params: z.object({ parentId: z.string() }), answers: { 200: Whole },
    handle: async ({ ctx, actor, params }) => {
      if (params.parentId !== actor.userId) throw notFound();
      const dashboard = await getGuardianDashboard(ctx, actor);
      return { status: 200, body: { overview: overviewView(dashboard), urgent: urgentView(dashboard), highlights: highlightsView(dashboard), summary: summaryView(dashboard) } };
    },
  }),
  endpoint({
    method: "get", path: "/dashboard/student", tag: "Dashboards", summary: "What I have to do, what comes next, how it goes", actor: "required", policy: "own",
    answers: { 200: z.object({
      tasks: z.array(Task), lessons: z.array(Lesson), materials: z.array(z.object({ id: z.string(), title: z.string(), subject: z.string(), percent: z.int() })), goals: z.array(z.object({ id: z.string(), title: z.string(), percent: z.int() })),
      days: z.array(z.object({ date: z.iso.date(), minutes: z.int() })), hours: z.number(), balance: MoneyView.nullable(),
    }).meta({ id: "StudentDashboard" }) },
    handle: async ({ ctx, actor }) => {
      const { tasks, lessons, materials, goals, week, minutes, balance } = await getStudentDashboard(ctx, actor);
      return { status: 200, body: { tasks: tasks.map((task) => ({ ...task, dueAt: isoTime(task.dueAt) })), lessons: lessons.map(lessonView), materials, goals, days: week.dates.map((date, at) => ({ date, minutes: week.minutes[at]! })), hours: minutes / 60, balance } };
    },
  }),
  endpoint({
    method: "get", path: "/dashboard/teacher", tag: "Dashboards", summary: "What waits for my feedback, when I teach, what, and whom", actor: "required", policy: "own",
    answers: { 200: z.object({
      toReview: z.array(z.object({ id: z.string(), assignmentId: z.string(), student: z.string(), title: z.string(), submittedAt: Instant, late: z.boolean() })), toReviewCount: z.int().describe("At most 100"),
      lessons: z.array(Lesson), subjects: z.array(z.object({ id: z.string(), name: z.string(), students: z.int() })), students: z.int(),
    }).meta({ id: "TeacherDashboard" }) },
    handle: async ({ ctx, actor }) => {
      const { reviews, reviewsWaiting, lessons, subjects, count } = await getTeacherDashboard(ctx, actor);
      return { status: 200, body: { toReview: reviews.map((review) => ({ ...review, submittedAt: isoTime(review.submittedAt) })), toReviewCount: reviewsWaiting, lessons: lessons.map(lessonView), subjects, students: count } };
    },
  }),
  endpoint({
    method: "get", path: "/dashboard/tutor", tag: "Dashboards", summary: "My students, how each goes, their lessons ahead", actor: "required", policy: "own",
    answers: { 200: z.object({
      students: z.array(z.object({ id: z.string(), name: z.string(), level: z.string().nullable(), minutes: z.int().nullable().describe("In the last seven days; null: none, or not shared"), lastOn: z.iso.date().nullable() })), lessons: z.array(Lesson),
    }).meta({ id: "TutorDashboard" }) },
    handle: async ({ ctx, actor }) => {
      const { students, lessons } = await getTutorDashboard(ctx, actor);
      return { status: 200, body: { students: students.map(({ id, name, level, minutes, lastOn }) => ({ id, name, level, minutes, lastOn })), lessons: lessons.map(lessonView) } };
    },
  }),
];
