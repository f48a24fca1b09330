import { selectTaught, type TaughtRow } from "#db/teaching.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { audienceTyped, type AudienceInput } from "./audience.ts";

const MOST_BOXES = 60;

/** To whom the actor can give something: the subjects, classes and students that they teach. */
export async function audienceChoice(ctx: AppContext, actor: Actor) {
  return choiceFrom(await selectTaught(ctx.db, actor.userId, {}, ctx.clock.now()));
}

/** The same of rows that were read, with those who are named now first. */
function choiceFrom(taught: TaughtRow[], named: string[] = []) {
  const subjects = [...new Map(taught.map(({ subjectId, subject }) => [subjectId, { id: subjectId, name: subject }])).values()];
  const classes = [...new Map(taught.flatMap(({ classId, className, subjectId, subject }) => (classId === null ? [] : [[`${subjectId} ${classId}`, { id: classId, name: className!, subjectId, subject }] as const]))).values()];
  const students = [...Map.groupBy(taught, (row) => row.studentId)].map(([id, rows]) => ({ id, name: rows[0]!.student, subjects: rows.map((row) => row.subject).join(", ") }));
  const [first, rest] = [students.filter(({ id }) => named.includes(id)), students.filter(({ id }) => !named.includes(id))];
  return { subjects, classes, students: [...first, ...rest].slice(0, Math.max(MOST_BOXES, first.length)) };
}
export type AudienceChoice = ReturnType<typeof choiceFrom>;

/** For whom it is now, and whom its author can choose instead. */
export const audienceNow = (thing: Pick<AudienceInput, "subjectId" | "audience" | "classId">, taught: TaughtRow[], named: string[]) => ({ to: audienceTyped(thing), named, choice: choiceFrom(taught, named) });
export type AudienceNow = ReturnType<typeof audienceNow>;
