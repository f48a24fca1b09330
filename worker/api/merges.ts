import * as z from "zod";
import { erasePerson } from "#app/domain/people/erase-person.server.ts";
import { mergePeople, previewMerge, UNDO_WINDOW } from "#app/domain/people/merge-people.server.ts";
import { EraseInput, MergeInput } from "#app/domain/people/record-inputs.ts";
import { undoMerge } from "#app/domain/people/undo-merge.server.ts";
import { schoolMeant } from "#app/domain/schools/rules.ts";
import { problems } from "#app/i18n/catalogue.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const At = z.object({ schoolId: z.string().optional().meta({ description: "Needed by who administers several schools" }) });
const Someone = z.object({ id: z.string(), name: z.string(), kind: z.enum(["adult", "child"]), signIn: z.string().nullable(), level: z.string().nullable() });
const Rows = z.array(z.object({ table: z.string(), count: z.int() }));
const Preview = z.object({
  kept: Someone, gone: Someone, obstacle: z.string().nullable().meta({ description: "Why they cannot be merged; null: they can" }), moving: Rows, colliding: Rows.meta({ description: "What both have: the kept account's stays" }),
}).meta({ id: "MergePreview" });

/** Erasing, and making two accounts of one person one. */
export const merges = [
  endpoint({
    method: "post", path: "/admin/users/{userId}/erasure", tag: "People", summary: "Erase for good a person whose account the school made; the name confirms it", actor: "required", policy: "school:administer",
    params: z.object({ userId: z.string() }), body: EraseInput, answers: { 204: null }, refusals: [409],
    handle: async ({ ctx, actor, params, body }) => {
      await erasePerson(ctx, actor, params.userId, body);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "get", path: "/admin/merges/preview", tag: "People", summary: "What merging two accounts would move; nothing is written", actor: "required", policy: "school:administer", query: MergeInput.extend(At.shape), answers: { 200: Preview },
    handle: async ({ ctx, actor, query: { schoolId, ...pair } }) => {
      const { kept, gone, obstacle, ...rest } = await previewMerge(ctx, actor, { ...pair, schoolId: schoolMeant(actor, schoolId) });
      const someone = ({ createdAt: _at, ...person }: typeof kept) => person;
      return { status: 200, body: { kept: someone(kept), gone: someone(gone), obstacle: obstacle && problems(actor.locale)(obstacle), ...rest } };
    },
  }),
  endpoint({
    method: "post", path: "/admin/merges", tag: "People", summary: "Make two accounts of one person one; can be undone for seven days", actor: "required", policy: "school:administer", query: At, body: MergeInput,
    answers: { 201: z.object({ id: z.string(), keptId: z.string(), goneId: z.string(), undoUntil: Instant }).meta({ id: "Merge" }) }, refusals: [409],
    handle: async ({ ctx, actor, query, body }) => {
      const { id, at } = await mergePeople(ctx, actor, { ...body, schoolId: schoolMeant(actor, query.schoolId) });
      return { status: 201, body: { id, ...body, undoUntil: isoTime(at + UNDO_WINDOW) } };
    },
  }),
  endpoint({
    method: "post", path: "/admin/merges/{mergeId}/undo", tag: "People", summary: "Put back everything that the merge moved", actor: "required", policy: "school:administer", params: z.object({ mergeId: z.string() }),
    answers: { 200: z.object({ keptId: z.string(), goneId: z.string() }) }, refusals: [409],
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: await undoMerge(ctx, actor, params.mergeId) }),
  }),
];
