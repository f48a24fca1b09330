import { HOUR, localDate, MINUTE } from "#app/domain/clock.ts";
import { pointsOf } from "#app/domain/learning/competencies.ts";
import { insertMany } from "#db/bulk.ts";
import { commit } from "#db/client.ts";
import { assignments, draft, materials, studyPlans } from "#db/demo/matter.ts";
import { subjects } from "#db/demo/teaching.ts";
import * as tables from "#db/schema/index.ts";
import { ZONE, type Days } from "./days.ts";
import { id, type Ids } from "./load-schools.ts";
import type { LivingWorld } from "./living.ts";

/** Who gives it, and to which class. */
const givenBy = (ids: Ids, child: string, subject: string) => ({
  schoolId: id(ids, "umoja"), subjectId: id(ids, `sub ${subject}`), authorId: id(ids, subjects.find(({ key }) => key === subject)!.teacher), audience: "class" as const, classId: id(ids, `class ${child}`),
});

/** Materials with how far each child is, study plans, and work with its attempts and feedback. */
export async function insertDemoMatter({ ctx: { db } }: LivingWorld, ids: Ids, days: Days): Promise<void> {
  const given = materials.map(({ child, subject, day, title, text, link, minutes, percent }) => {
    const at = days.was(day, "13:00");
    return { child, percent, row: { id: days.make("mat", at), ...givenBy(ids, child, subject), title, text, link: link ?? null, status: "shared" as const, minutes, createdAt: at, changedAt: at } };
  });
  const unfinished = { id: days.make("mat", days.was(-1, "16:00")), ...givenBy(ids, draft.child, draft.subject), title: draft.title, text: draft.text, link: null, status: "draft" as const, minutes: null, createdAt: days.was(-1, "16:00"), changedAt: days.was(-1, "16:00") };
  const opened = given.flatMap(({ child, percent, row }) => (percent === undefined ? [] : [{ materialId: row.id, studentId: id(ids, child), openedAt: row.createdAt + 27 * HOUR, percent, doneAt: percent === 100 ? row.createdAt + 28 * HOUR : null, row }]));
  const works = assignments.map(({ child, subject, due, title, instructions, competency, status, attempts = [] }) => {
    const at = days.was(Math.min(due, 0) - 6, "10:30");
    return { child, attempts, row: { id: days.make("asg", at), ...givenBy(ids, child, subject), title, instructions, competency, status: status ?? ("open" as const), dueAt: days.at(due, "20:00"), timeZone: ZONE, createdAt: at, changedAt: at } };
  });
  const handedIn = works.flatMap(({ child, attempts, row }) => attempts.map((attempt, at) => {
    const submittedAt = days.was(attempt.day, attempt.at ?? "17:30");
    const status = attempt.again ? ("returned" as const) : attempt.level ? ("reviewed" as const) : ("waiting" as const);
    return { attempt, work: row, row: { id: days.make("subm", submittedAt), assignmentId: row.id, studentId: id(ids, child), schoolId: row.schoolId, teacherId: row.authorId, attempt: at + 1, text: attempt.text, late: submittedAt >= row.dueAt, status, submittedAt } };
  }));
  const reviewed = handedIn.flatMap(({ attempt, work, row }) => {
    if (row.status === "waiting") return [];
    const at = Math.min(row.submittedAt + (attempt.again ? 2 : 20) * HOUR, days.now - MINUTE);
    return [{ competency: work.competency, row: { id: days.make("fb", at), submissionId: row.id, studentId: row.studentId, schoolId: row.schoolId, authorId: row.teacherId, level: attempt.level ? pointsOf(attempt.level) : null, comment: attempt.comment ?? "", at } }];
  });
  await commit(db, [
    ...insertMany(db, tables.materials, [...given.map(({ row }) => row), unfinished]), ...insertMany(db, tables.materialProgress, opened.map(({ row: _row, ...progress }) => progress)),
    ...insertMany(db, tables.assignments, works.map(({ row }) => row)), ...insertMany(db, tables.submissions, handedIn.map(({ row }) => row)), ...insertMany(db, tables.feedback, reviewed.map(({ row }) => row)),
    ...insertMany(db, tables.competencyEvidence, reviewed.flatMap(({ competency, row: { id: sourceId, studentId, schoolId, level, at } }) => (level === null ? [] : [{ id: days.make("ev", at), studentId, schoolId, competency, level, source: "feedback" as const, sourceId, visibility: "child" as const, at }]))),
    ...insertMany(db, tables.activities, [
      ...opened.map(({ row, studentId, openedAt }) => ({ id: days.make("act", openedAt), studentId, schoolId: row.schoolId, subjectId: row.subjectId, kind: "material" as const, about: row.title, minutes: row.minutes, cause: `${row.id}:${onDate(openedAt)}`, onDate: onDate(openedAt), at: openedAt })),
      ...handedIn.map(({ work, row, attempt }) => ({ id: days.make("act", row.submittedAt), studentId: row.studentId, schoolId: row.schoolId, subjectId: work.subjectId, kind: "assignment" as const, about: work.title, minutes: 25, cause: row.id, onDate: days.date(attempt.day), at: row.submittedAt })),
    ]),
  ]);
  await insertPlans(db, ids, days, new Map<string, Thing>([...given.map(({ row }): [string, Thing] => [row.title, { materialId: row.id }]), ...works.map(({ row }): [string, Thing] => [row.title, { assignmentId: row.id }])]));
}

/** What a step may lead to. */
type Thing = { materialId?: string; assignmentId?: string };
const onDate = (at: number) => localDate(at, ZONE);

async function insertPlans(db: LivingWorld["ctx"]["db"], ids: Ids, days: Days, things: Map<string, Thing>): Promise<void> {
  const plans = studyPlans.map(({ child, author, ofFamily, title, from, until, steps }) => {
    const createdAt = days.at(from, "19:00");
    return { steps, row: { id: days.make("splan", createdAt), studentId: id(ids, child), schoolId: ofFamily ? null : id(ids, "umoja"), title, authorId: id(ids, author), startsOn: days.date(from), endsOn: days.date(until), status: "active" as const, createdAt } };
  });
  await commit(db, [
    ...insertMany(db, tables.studyPlans, plans.map(({ row }) => row)),
    ...insertMany(db, tables.studyPlanSteps, plans.flatMap(({ steps, row }) => steps.map(({ text, day, leadsTo, done }, at) => ({
      planId: row.id, studentId: row.studentId, position: at + 1, text, materialId: null, assignmentId: null, ...(leadsTo ? things.get(leadsTo) : {}), dueOn: days.date(day), doneAt: done ? days.was(day, "18:30") : null,
    })))),
  ]);
}
