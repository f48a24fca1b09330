import * as z from "zod";
import { getChild } from "#app/domain/families/get-child.server.ts";
import { listChildren } from "#app/domain/families/list-children.server.ts";
import { listSiblings } from "#app/domain/families/list-siblings.server.ts";
import { notFound } from "#app/domain/errors.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";

const Child = z.object({
  id: z.string(), name: z.string(), username: z.string().nullable(), level: z.string().nullable(),
  familyIds: z.array(z.string()).meta({ description: "Families that the caller is in too" }),
}).meta({ id: "Child" });
const ChildId = z.object({ childId: z.string() });

export const children = [
  endpoint({
    method: "get", path: "/children", tag: "Children", summary: "All my children, across families and schools", actor: "required", policy: "own", query: Paging, answers: { 200: pageOf(Child) },
    handle: async ({ ctx, actor, query }) => ({ status: 200, body: await listChildren(ctx, actor, query) }),
  }),
  endpoint({
    method: "get", path: "/parents/{parentId}/children", tag: "Children", summary: "The same, for a parent by id: oneself", actor: "required", policy: "own",
    params: z.object({ parentId: z.string() }), query: Paging, answers: { 200: pageOf(Child) },
    handle: async ({ ctx, actor, params, query }) => {
      if (params.parentId !== actor.userId) throw notFound();
      return { status: 200, body: await listChildren(ctx, actor, query) };
    },
  }),
  endpoint({
    method: "get", path: "/children/{childId}", tag: "Children", summary: "A child's profile", actor: "required", policy: "child:view", params: ChildId, answers: { 200: Child },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: await getChild(ctx, actor, params.childId) }),
  }),
  endpoint({
    method: "get", path: "/children/{childId}/siblings", tag: "Children", summary: "Siblings of a child who are the caller's children too", actor: "required", policy: "child:view",
    params: ChildId, answers: { 200: pageOf(Child) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { items: await listSiblings(ctx, actor, params.childId), nextCursor: null } }),
  }),
];
