import * as z from "zod";
import type { Plan } from "#db/schools.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { MoneyInput } from "#app/domain/money.ts";
import { changePlan } from "#app/domain/schools/change-plan.server.ts";
import { createPlan } from "#app/domain/schools/create-plan.server.ts";
import { ChangePlanInput, CreatePlanInput, PlanKind } from "#app/domain/schools/inputs.ts";
import { listPlans, listSchoolPlans } from "#app/domain/schools/list-plans.server.ts";
import { endpoint, pageOf } from "./endpoint.ts";

const PlanView = z.object({
  id: z.string(), name: z.string(), kind: PlanKind, price: MoneyInput, hours: z.number().optional(),
  description: z.string(), schoolId: z.string(), schoolName: z.string(), active: z.boolean(),
}).meta({ id: "Plan" });

const view = ({ id, name, kind, price, currency, minutes, description, schoolId, schoolName, active }: Plan): z.infer<typeof PlanView> => ({
  id, name, kind, price: { amount: price, currency }, ...(minutes === null ? {} : { hours: minutes / 60 }), description, schoolId, schoolName, active,
});
const SchoolId = z.object({ schoolId: z.string() });

export const plans = [
  endpoint({
    method: "get", path: "/plans", tag: "Plans", summary: "What a student's schools offer", actor: "required", policy: "child:view",
    query: z.object({ studentId: z.string("missing").meta({ description: "Oneself, or a child whose guardian one is" }) }), answers: { 200: pageOf(PlanView) },
    handle: async ({ ctx, actor, query }) => ({ status: 200, body: { items: (await listPlans(ctx, actor, query.studentId)).map(view), nextCursor: null } }),
  }),
  endpoint({
    method: "get", path: "/schools/{schoolId}/plans", tag: "Plans", summary: "All plans of a school, for its administrators", actor: "required", policy: "school:administer", params: SchoolId, answers: { 200: pageOf(PlanView) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { items: (await listSchoolPlans(ctx, actor, params.schoolId)).map(view), nextCursor: null } }),
  }),
  endpoint({
    method: "post", path: "/schools/{schoolId}/plans", tag: "Plans", summary: "Offer something new", actor: "required", policy: "school:administer", params: SchoolId, body: CreatePlanInput, answers: { 201: PlanView }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => ({
      status: 201, body: view(await createPlan(ctx, actor, params.schoolId, body, await repeatOf(idempotencyKey, ["create-plan", params.schoolId, body]))),
    }),
  }),
  endpoint({
    method: "patch", path: "/plans/{planId}", tag: "Plans", summary: "Change or withdraw a plan", actor: "required", policy: "school:administer", params: z.object({ planId: z.string() }), body: ChangePlanInput, answers: { 200: PlanView },
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: view(await changePlan(ctx, actor, params.planId, body)) }),
  }),
];
