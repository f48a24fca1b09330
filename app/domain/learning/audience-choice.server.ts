import { selectTaught } from "#db/teaching.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";

const MOST_BOXES = 60;

/** To whom the actor can give something: the subjects, classes and students that they teach. */
export async function audienceChoice(ctx: AppContext, actor: Actor) {
  const taught = await selectTaught(ctx.db, actor.userId, {}, ctx.clock.now());
  const subjects = [...new Map(taught.map(({ subjectId, subject }) => [subjectId, { id: subjectId, name: subject }])).values()];
  const classes = [...new Map(taught.flatMap(({ classId, className, subjectId, subject }) => (classId === null ? [] : [[`${subjectId} ${classId}`, { id: classId, name: className ?? "", subjectId, subject }] as const]))).values()];
  const students = [...Map.groupBy(taught, (row) => row.studentId)].map(([id, rows]) => ({ id, name: rows[0]!.student, subjects: rows.map((row) => row.subject).join(", ") }));
  return { subjects, classes, students: students.slice(0, MOST_BOXES) };
}
export type AudienceChoice = Awaited<ReturnType<typeof audienceChoice>>;
