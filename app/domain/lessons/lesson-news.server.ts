import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notify } from "../notifications/notify.server.ts";
import type { NotificationFacts } from "../notifications/types.ts";

type LessonNews = Extract<keyof NotificationFacts, `lesson.${string}`>;
/** A lesson, or the first of several. */
type Told = { id: string; teacherId: string; studentId: string; student: string; subject: string; startsAt: number };

/** Tells student, guardians who may see the timetable, and teacher; not who did it. */
export function lessonNews<T extends LessonNews>(ctx: AppContext, actor: Actor, lesson: Told, guardians: { userId: string }[], type: T, more: Omit<NotificationFacts[T], "child" | "subject" | "by" | "startsAt">) {
  const told = [lesson.teacherId, lesson.studentId, ...guardians.map(({ userId }) => userId)].filter((userId) => userId !== actor.userId);
  const facts = { child: lesson.student, subject: lesson.subject, by: actor.name, startsAt: lesson.startsAt, ...more } as unknown as NotificationFacts[T];
  return notify<T>(ctx, told, { type, facts, path: `/schedule/${lesson.id}`, cause: ctx.ids.make("lch"), severity: type === "lesson.set" ? "info" : "attention", childId: lesson.studentId });
}
