import * as z from "zod";
import { listParentManagers } from "#app/domain/identity/list-parent-managers.server.ts";
import { endpoint } from "./endpoint.ts";

const Me = z.object({
  id: z.string(),
  name: z.string(),
  isParent: z.boolean(),
  managedChildren: z.array(z.string()),
  parentManagers: z.array(z.string()),
  memberships: z.array(z.object({ schoolId: z.string(), schoolName: z.string(), role: z.string() })),
}).meta({ id: "Me" });

export const me = [
  endpoint({
    method: "get", path: "/me", tag: "Identity", summary: "Who the caller is", actor: "required", policy: "own", answers: { 200: Me },
    handle: async ({ ctx, actor }) => ({
      status: 200,
      body: { id: actor.userId, name: actor.name, isParent: actor.wards.length > 0, managedChildren: actor.wards.map((ward) => ward.childId), parentManagers: await listParentManagers(ctx, actor), memberships: actor.memberships },
    }),
  }),
];
