import * as z from "zod";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { AUDIENCES } from "#app/domain/learning/audience.ts";
import { ChangeMaterialInput, MaterialInput, ProgressInput } from "#app/domain/learning/materials/inputs.ts";
import { keepProgress } from "#app/domain/learning/materials/keep-progress.server.ts";
import { listShared, listWritten } from "#app/domain/learning/materials/list-materials.server.ts";
import { readMaterial, type MaterialPage } from "#app/domain/learning/materials/material-page.server.ts";
import { changeMaterial, createMaterial } from "#app/domain/learning/materials/write-material.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { fileView, FileView, progressView, ProgressView } from "./learning-views.ts";

const own = { tag: "Learning", actor: "required", policy: "own" } as const;
const MaterialId = z.object({ materialId: z.string() });
const State = z.enum(["draft", "shared", "archived"]);
const MaterialView = z.object({
  id: z.string(), subjectId: z.string(), subject: z.string(), authorId: z.string(), author: z.string(), title: z.string(), text: z.string(), link: z.string().nullable(), minutes: z.int().nullable(), status: State,
  audience: z.enum(AUDIENCES), classId: z.string().nullable(), files: z.array(FileView),
  children: z.array(ProgressView.extend({ studentId: z.string(), name: z.string() })).meta({ description: "Oneself, or children in one's care or tutored, for whom it is" }),
  studentIds: z.array(z.string()).nullable().meta({ description: "For its author: the students named" }),
  students: z.array(ProgressView.extend({ studentId: z.string(), name: z.string() })).nullable().meta({ description: "For its author: who has opened it, the first 60 by name" }),
}).meta({ id: "Material" });
const WrittenView = z.object({ id: z.string(), title: z.string(), subject: z.string(), status: State, minutes: z.int().nullable(), done: z.int() }).meta({ id: "WrittenMaterial" });
const SharedView = ProgressView.extend({ id: z.string(), title: z.string(), subjectId: z.string(), subject: z.string(), author: z.string(), minutes: z.int().nullable() }).meta({ id: "SharedMaterial" });

const view = ({ mine: _mine, progress, children, files, forWhom, ...material }: MaterialPage): z.infer<typeof MaterialView> => ({
  ...material, files: files.map(fileView), children: children.map(({ id, name, ...far }) => ({ studentId: id, name, ...progressView(far) })),
  studentIds: forWhom && forWhom.named,
  students: progress && progress.items.map(({ studentId, student, ...far }) => ({ studentId, name: student, ...progressView(far) })),
});

export const materials = [
  endpoint({
    ...own, method: "get", path: "/materials", summary: "Materials one wrote as a teacher, newest first", query: Paging.extend({ status: State.optional() }), answers: { 200: pageOf(WrittenView) },
    handle: async ({ ctx, actor, query }) => ({ status: 200, body: await listWritten(ctx, actor, query) }),
  }),
  endpoint({
    ...own, method: "get", path: "/children/{childId}/materials", summary: "Materials shared with a student, with how far they are", params: z.object({ childId: z.string() }), query: Paging.extend({ subjectId: z.string().max(60, "too_long").optional() }), answers: { 200: pageOf(SharedView) },
    handle: async ({ ctx, actor, params, query }) => {
      const { items, nextCursor } = await listShared(ctx, actor, params.childId, query);
      return { status: 200, body: { items: items.map(({ openedAt, percent, doneAt, ...item }) => ({ ...item, ...progressView({ openedAt, percent, doneAt }) })), nextCursor } };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/materials", summary: "Write a material for students whom one teaches; a draft unless told otherwise", body: MaterialInput, answers: { 201: MaterialView }, refusals: [409],
    handle: async ({ ctx, actor, body, idempotencyKey }) => ({ status: 201, body: view(await readMaterial(ctx, actor, await createMaterial(ctx, actor, body, [], await repeatOf(idempotencyKey, ["material", body])))) }),
  }),
  endpoint({ ...own, method: "get", path: "/materials/{materialId}", summary: "A material", params: MaterialId, answers: { 200: MaterialView }, handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await readMaterial(ctx, actor, params.materialId)) }) }),
  endpoint({
    ...own, method: "patch", path: "/materials/{materialId}", summary: "Change a material or for whom it is, share it or put it away", params: MaterialId, body: ChangeMaterialInput, answers: { 200: MaterialView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await changeMaterial(ctx, actor, params.materialId, body);
      return { status: 200, body: view(await readMaterial(ctx, actor, params.materialId)) };
    },
  }),
  endpoint({
    ...own, method: "put", path: "/materials/{materialId}/progress", summary: "Say as a student how far one is; 100 is done", params: MaterialId, body: ProgressInput, answers: { 200: MaterialView },
    handle: async ({ ctx, actor, params, body }) => {
      await keepProgress(ctx, actor, params.materialId, body);
      return { status: 200, body: view(await readMaterial(ctx, actor, params.materialId)) };
    },
  }),
];
