import * as z from "zod";
import { SetRestrictionInput } from "#app/domain/restrictions/inputs.ts";
import { liftRestriction } from "#app/domain/restrictions/lift-restriction.server.ts";
import { listRestrictions, type ListedRestriction } from "#app/domain/restrictions/list-restrictions.server.ts";
import { setRestriction } from "#app/domain/restrictions/set-restriction.server.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { notFound } from "#app/domain/errors.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const RestrictionView = z.object({
  id: z.string(), childId: z.string(), person: z.object({ id: z.string(), name: z.string() }), schoolId: z.string(), reason: z.string(),
  standing: z.enum(["coming", "in_force", "over"]), startsAt: Instant, endsAt: Instant.nullable(), setBy: z.object({ id: z.string(), name: z.string() }), createdAt: Instant,
}).meta({ id: "Restriction" });
const AttemptView = z.object({ person: z.object({ id: z.string(), name: z.string() }), hour: Instant, count: z.int(), lastPath: z.string(), lastAt: Instant }).meta({ id: "RestrictedAttempt" });
const ChildId = z.object({ childId: z.string() });

const view = ({ id, childId, personId, personName, schoolId, reason, standing, startsAt, endsAt, setBy, setByName, createdAt }: ListedRestriction): z.infer<typeof RestrictionView> => ({
  id, childId, person: { id: personId, name: personName }, schoolId, reason, standing, startsAt: isoTime(startsAt), endsAt: isoTimeOrNull(endsAt), setBy: { id: setBy, name: setByName }, createdAt: isoTime(createdAt),
});

export const restrictions = [
  endpoint({
    method: "get", path: "/children/{childId}/restrictions", tag: "Restrictions", summary: "Who is kept away from a pupil, and who tried all the same", actor: "required", policy: "school:administer", params: ChildId,
    answers: { 200: z.object({ items: z.array(RestrictionView), nextCursor: z.null(), attempts: z.array(AttemptView) }) },
    handle: async ({ ctx, actor, params }) => {
      const { restrictions: set, attempts } = await listRestrictions(ctx, actor, params.childId);
      return { status: 200, body: { items: set.map(view), nextCursor: null, attempts: attempts.map(({ personId, personName, hourStartsAt, count, lastPath, lastAt }) => ({ person: { id: personId, name: personName }, hour: isoTime(hourStartsAt), count, lastPath, lastAt: isoTime(lastAt) })) } };
    },
  }),
  endpoint({
    method: "post", path: "/children/{childId}/restrictions", tag: "Restrictions", summary: "Keep somebody away from a pupil", actor: "required", policy: "school:administer", params: ChildId, body: SetRestrictionInput, answers: { 201: RestrictionView }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      const id = await setRestriction(ctx, actor, params.childId, body, await repeatOf(idempotencyKey, ["restrict", params.childId, body]));
      const made = (await listRestrictions(ctx, actor, params.childId)).restrictions.find((restriction) => restriction.id === id);
      if (!made) throw notFound();
      return { status: 201, body: view(made) };
    },
  }),
  endpoint({
    method: "delete", path: "/children/{childId}/restrictions/{restrictionId}", tag: "Restrictions", summary: "Lift a restriction", actor: "required", policy: "school:administer",
    params: ChildId.extend({ restrictionId: z.string() }), answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params }) => {
      await liftRestriction(ctx, actor, params.childId, params.restrictionId);
      return { status: 204 };
    },
  }),
];
