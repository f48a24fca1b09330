import { COMPETENCIES } from "#app/domain/learning/competencies.ts";
import { insertMany } from "#db/bulk.ts";
import { commit } from "#db/client.ts";
import { assessments, levels, notes, seen, shown } from "#db/demo/growth.ts";
import { ill } from "#db/demo/lessons.ts";
import { children, student, type DemoChildKey } from "#db/demo/people.ts";
import { classes, enrolments, subjects } from "#db/demo/teaching.ts";
import * as tables from "#db/schema/index.ts";
import { weekdayOf, type Days } from "./days.ts";
import { id, type Ids } from "./load-schools.ts";
import type { LivingWorld } from "./living.ts";

const VISIBLE_TO = ["child", "guardians", "child", "child", "staff"] as const;
const firstName = (key: string) => [...children, student].find((child) => child.key === key)!.name.split(" ")[0]!;
const teacherOf = (subject: string) => subjects.find(({ key }) => key === subject)!.teacher;

type Evidence = typeof tables.competencyEvidence.$inferInsert;

/** What teachers saw, judged and noted, with the evidence that each gives, and who was at school. */
export async function insertDemoGrowth({ ctx: { db } }: LivingWorld, ids: Ids, days: Days): Promise<void> {
  const schoolId = id(ids, "umoja");
  const observed = enrolments.flatMap(({ child, subjects: learnt }) => {
    const pieces = COMPETENCIES.flatMap((competency) => (shown[child]![competency] ?? []).map((level, nth) => ({ competency, level, text: seen[competency][nth]! })));
    return pieces.map(({ competency, level, text }, nth) => {
      const [day, subject] = [-29 + Math.floor((nth * 7) % 23), learnt[nth % learnt.length]!];
      const at = days.at(day, "15:10");
      return { competency, level, row: { id: days.make("obs", at), schoolId, studentId: id(ids, child), subjectId: id(ids, `sub ${subject}`), authorId: id(ids, teacherOf(subject)), text: text.replace("{name}", firstName(child)), observedOn: days.date(day), visibility: VISIBLE_TO[nth % VISIBLE_TO.length]!, createdAt: at } };
    });
  });
  const assessed = enrolments.flatMap(({ child, subjects: learnt }, nthChild) => learnt.map((subject, nth) => {
    const { title, kind, competency, comments } = assessments[subject as keyof typeof assessments];
    const day = -26 + nth * 6 + nthChild;
    const at = days.at(day, "11:20");
    return { competency, row: { id: days.make("asm", at), schoolId, studentId: id(ids, child), subjectId: id(ids, `sub ${subject}`), authorId: id(ids, teacherOf(subject)), title, kind, level: levels[child]! + (nth % 2), comment: comments[nthChild % comments.length]!, takenOn: days.date(day), visibility: "child" as const, createdAt: at } };
  }));
  const evidence = ({ id: sourceId, studentId, visibility }: { id: string; studentId: string; visibility: Evidence["visibility"] }, source: Evidence["source"], on: string, competency: Evidence["competency"], level: number): Evidence =>
    ({ id: days.make("ev", Date.parse(on)), studentId, schoolId, competency, level, source, sourceId, visibility, at: Date.parse(on) });
  await commit(db, [
    ...insertMany(db, tables.observations, observed.map(({ row }) => row)), ...insertMany(db, tables.assessments, assessed.map(({ row }) => row)),
    ...insertMany(db, tables.competencyEvidence, [
      ...observed.map(({ row, competency, level }) => evidence(row, "observation", row.observedOn, competency, level)), ...assessed.map(({ row, competency }) => evidence(row, "assessment", row.takenOn, competency, row.level)),
    ]),
    ...insertMany(db, tables.studentNotes, notes.map(({ child, by, day, visibility, text }) => ({ id: days.make("note", days.at(day, "16:30")), schoolId, studentId: id(ids, child), authorId: id(ids, by), text, visibility, createdAt: days.at(day, "16:30") }))),
    ...insertMany(db, tables.attendance, enrolments.flatMap(({ child }, nth) => attendanceOf(ids, days, child, nth))),
  ]);
}

/** Every school day that has begun: mostly there, now and then late, excused while ill. */
function attendanceOf(ids: Ids, days: Days, child: DemoChildKey, nth: number): (typeof tables.attendance.$inferInsert)[] {
  const teacher = classes.find(({ key }) => key === child)!.teacher;
  return Array.from({ length: 31 }, (_, back) => -back).filter((day) => weekdayOf(days.date(day)) <= 5 && days.at(day, "08:15") <= days.now).map((day) => {
    const at = days.at(day, "08:15");
    const wasIll = child === ill.child && day >= -ill.days;
    const late = (nth * 5 - day) % 13 === 0;
    return {
      id: days.make("att", at), schoolId: id(ids, "umoja"), studentId: id(ids, child), onDate: days.date(day), classId: id(ids, `class ${child}`), status: wasIll ? ("excused" as const) : late ? ("late" as const) : ("present" as const),
      minutesLate: !wasIll && late ? 15 : null, note: wasIll ? ill.note : null, takenBy: id(ids, teacher), at,
    };
  });
}
