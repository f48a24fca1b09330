import * as z from "zod";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { PlanInput, TickInput } from "#app/domain/learning/plans/inputs.ts";
import { listPlans, readPlan, type PlanPage } from "#app/domain/learning/plans/plan-page.server.ts";
import { cancelPlan, tickStep, writePlan } from "#app/domain/learning/plans/write-plan.server.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { Instant, isoTimeOrNull } from "./views.ts";

const own = { tag: "Learning", actor: "required", policy: "own" } as const;
const PlanId = z.object({ studyPlanId: z.string() });
const head = { id: z.string(), title: z.string(), startsOn: z.iso.date(), endsOn: z.iso.date(), status: z.enum(["active", "done", "cancelled"]), author: z.string() };
const PlanView = z.object({
  ...head, studentId: z.string(), authorId: z.string(), ofFamily: z.boolean(),
  steps: z.array(z.object({ position: z.int(), text: z.string(), dueOn: z.iso.date().nullable(), doneAt: Instant.nullable(), materialId: z.string().nullable(), assignmentId: z.string().nullable() })),
}).meta({ id: "StudyPlan" });
const OnList = z.object({ ...head, steps: z.int(), done: z.int() }).meta({ id: "StudyPlanOnList" });

const view = ({ id, title, startsOn, endsOn, status, author, studentId, authorId, ofFamily, steps }: PlanPage): z.infer<typeof PlanView> =>
  ({ id, title, startsOn, endsOn, status, author, studentId, authorId, ofFamily, steps: steps.map(({ material: _material, assignment: _assignment, doneAt, ...step }) => ({ ...step, doneAt: isoTimeOrNull(doneAt) })) });

export const studyPlans = [
  endpoint({
    ...own, method: "get", path: "/children/{childId}/study-plans", summary: "A student's plans", params: z.object({ childId: z.string() }), answers: { 200: pageOf(OnList) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { items: (await listPlans(ctx, actor, params.childId)).map(({ schoolId: _school, ...plan }) => plan), nextCursor: null } }),
  }),
  endpoint({
    ...own, method: "post", path: "/study-plans", summary: "Write a plan for a student: a teacher's or tutor's, or the family's own", body: PlanInput, answers: { 201: PlanView }, refusals: [409],
    handle: async ({ ctx, actor, body, idempotencyKey }) => ({ status: 201, body: view(await readPlan(ctx, actor, await writePlan(ctx, actor, body, await repeatOf(idempotencyKey, ["study-plan", body])))) }),
  }),
  endpoint({ ...own, method: "get", path: "/study-plans/{studyPlanId}", summary: "A plan with its steps", params: PlanId, answers: { 200: PlanView }, handle: async ({ ctx, actor, params }) => ({ status: 200, body: view(await readPlan(ctx, actor, params.studyPlanId)) }) }),
  endpoint({
    ...own, method: "put", path: "/study-plans/{studyPlanId}/steps/{position}", summary: "Say as the student that a step is done, or is not after all", params: PlanId.extend({ position: z.coerce.number("invalid").int("invalid") }), body: TickInput, answers: { 200: PlanView }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await tickStep(ctx, actor, params.studyPlanId, params.position, body.done);
      return { status: 200, body: view(await readPlan(ctx, actor, params.studyPlanId)) };
    },
  }),
  endpoint({
    ...own, method: "delete", path: "/study-plans/{studyPlanId}", summary: "Give up a plan of one's own", params: PlanId, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await cancelPlan(ctx, actor, params.studyPlanId);
      return { status: 204 };
    },
  }),
];
