import * as z from "zod";
import type { WrittenKind } from "#db/written.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { listWritten, readWritten, type Written } from "#app/domain/learning/read-written.server.ts";
import { addWritten, changeWritten, removeWritten } from "#app/domain/learning/write-of-student.server.ts";
import { ASSESSMENT_KINDS, AssessmentInput, CompetencyName, LevelName, NewAssessment, NewNote, NewObservation, NoteInput, ObservationInput, VisibilityName, type WrittenInput } from "#app/domain/learning/written-inputs.ts";
import { endpoint, pageOf, Paging, type Endpoint } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Person = z.object({ id: z.string(), name: z.string() });
export const WrittenView = z.object({
  id: z.string(), student: Person, author: Person, subject: Person.nullable(), title: z.string().nullable(), kind: z.enum(ASSESSMENT_KINDS).nullable(), level: LevelName.nullable(), text: z.string(), on: z.iso.date(),
  visibility: VisibilityName.meta({ description: "Who may see it: the school's staff, the guardians too, or the child as well" }), competencies: z.array(z.object({ competency: CompetencyName, level: LevelName })), createdAt: Instant, changedAt: Instant.nullable(),
}).meta({ id: "WrittenOfStudent", description: "An observation, an assessment (with title, kind and level) or a note. `text` is an assessment's comment" });

export const writtenView = (row: Written): z.infer<typeof WrittenView> => ({
  id: row.id, student: { id: row.studentId, name: row.student }, author: { id: row.authorId, name: row.author }, subject: row.subjectId === null ? null : { id: row.subjectId, name: row.subject ?? "" }, title: row.title, kind: row.form, level: row.level,
  text: row.text, on: row.on, visibility: row.visibility, competencies: row.competencies, createdAt: isoTime(row.createdAt), changedAt: isoTimeOrNull(row.changedAt),
});

type Names = { path: string; param: string; many: string; one: string };

/** The five doors of one kind of record. */
function doorsOf<K extends WrittenKind>(kind: K, { path, param, many, one }: Names, New: z.ZodType<WrittenInput[K] & { studentId: string }>, Input: z.ZodType<WrittenInput[K]>): Endpoint[] {
  const params = z.object({ [param]: z.string() });
  const idOf = (given: Record<string, unknown>) => given[param] as string;
  const common = { tag: "Learning", actor: "required", policy: "own" } as const;
  return [
    endpoint({
      ...common, method: "get", path, summary: `${many} of a student, as far as the caller may see them, the latest first`, query: Paging.extend({ studentId: z.string().max(60) }), answers: { 200: pageOf(WrittenView) },
      handle: async ({ ctx, actor, query: { studentId, ...paging } }) => {
        const { items, nextCursor } = await listWritten(ctx, actor, kind, studentId, paging);
        return { status: 200, body: { items: items.map(writtenView), nextCursor } };
      },
    }),
    endpoint({
      ...common, method: "post", path, summary: `Write ${one} of a student whom one teaches`, body: New, answers: { 201: WrittenView }, refusals: [409],
      handle: async ({ ctx, actor, body, idempotencyKey }) => ({ status: 201, body: writtenView(await readWritten(ctx, actor, kind, await addWritten(ctx, actor, kind, body.studentId, body, await repeatOf(idempotencyKey, [kind, body])))) }),
    }),
    endpoint({ ...common, method: "get", path: `${path}/{${param}}`, summary: `See ${one}`, params, answers: { 200: WrittenView }, handle: async ({ ctx, actor, params: given }) => ({ status: 200, body: writtenView(await readWritten(ctx, actor, kind, idOf(given))) }) }),
    endpoint({
      ...common, method: "put", path: `${path}/{${param}}`, summary: `Write ${one} of one's own anew; its evidence follows`, params, body: Input, answers: { 200: WrittenView },
      handle: async ({ ctx, actor, params: given, body }) => {
        await changeWritten(ctx, actor, kind, idOf(given), body);
        return { status: 200, body: writtenView(await readWritten(ctx, actor, kind, idOf(given))) };
      },
    }),
    endpoint({
      ...common, method: "delete", path: `${path}/{${param}}`, summary: `Take ${one} of one's own back`, params, answers: { 204: null },
      handle: async ({ ctx, actor, params: given }) => {
        await removeWritten(ctx, actor, kind, idOf(given));
        return { status: 204 };
      },
    }),
  ];
}

export const written = [
  ...doorsOf("observation", { path: "/observations", param: "observationId", many: "Observations", one: "an observation" }, NewObservation, ObservationInput.meta({ id: "Observation" })),
  ...doorsOf("assessment", { path: "/assessments", param: "assessmentId", many: "Assessments", one: "an assessment" }, NewAssessment, AssessmentInput.meta({ id: "Assessment" })),
  ...doorsOf("note", { path: "/notes", param: "noteId", many: "Notes", one: "a note" }, NewNote, NoteInput.meta({ id: "Note" })),
];
