import * as z from "zod";
import { getClassToOpen, makeClassCode, shutClass } from "#app/domain/identity/open-class.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const ClassId = z.object({ classId: z.string() });
const Standing = z.object({ open: z.boolean(), madeAt: Instant.nullable(), expiresAt: Instant.nullable() }).meta({ id: "ClassCodeStanding" });
const Made = z.object({ code: z.string(), url: z.url(), expiresAt: Instant }).meta({ id: "ClassCode", description: "Shown this once" });

export const classCodes = [
  endpoint({
    method: "get", path: "/classes/{classId}/code", tag: "Schools", summary: "Whether children can sign in by a code of this class", actor: "required", policy: "own", params: ClassId, answers: { 200: Standing },
    handle: async ({ ctx, actor, params }) => {
      const { codeId, madeAt, expiresAt } = await getClassToOpen(ctx, actor, params.classId);
      return { status: 200, body: { open: codeId !== null, madeAt: madeAt === null ? null : isoTime(madeAt), expiresAt: expiresAt === null ? null : isoTime(expiresAt) } };
    },
  }),
  endpoint({
    method: "post", path: "/classes/{classId}/code", tag: "Schools", summary: "Make a code by which the class's children sign in; the one before lapses", actor: "required", policy: "own", params: ClassId, answers: { 201: Made },
    handle: async ({ ctx, actor, params }) => {
      const { code, url, expiresAt } = await makeClassCode(ctx, actor, params.classId);
      return { status: 201, body: { code, url, expiresAt: isoTime(expiresAt) } };
    },
  }),
  endpoint({
    method: "delete", path: "/classes/{classId}/code", tag: "Schools", summary: "End the class's code", actor: "required", policy: "own", params: ClassId, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await shutClass(ctx, actor, params.classId);
      return { status: 204 };
    },
  }),
];
