import * as z from "zod";
import { notFound } from "#app/domain/errors.ts";
import { ClassSignInInput, SetPinInput } from "#app/domain/identity/inputs.ts";
import { getClassToOpen, makeClassCode, shutClass } from "#app/domain/identity/open-class.server.ts";
import { setPin } from "#app/domain/identity/set-pin.server.ts";
import { listClass, signInByClass } from "#app/domain/identity/sign-in-by-class.server.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { IssuedToken } from "./tokens.ts";
import { Instant, isoTime } from "./views.ts";

const ClassId = z.object({ classId: z.string() });
const Code = z.object({ code: z.string() });
const Standing = z.object({ open: z.boolean(), madeAt: Instant.nullable(), expiresAt: Instant.nullable() }).meta({ id: "ClassCodeStanding" });
const Made = z.object({ code: z.string(), url: z.url(), expiresAt: Instant }).meta({ id: "ClassCode", description: "Shown this once" });
const Students = pageOf(z.object({ student: z.string(), name: z.string() }).meta({ id: "ClassStudent" }));

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
  endpoint({
    method: "get", path: "/auth/class-codes/{code}", tag: "Identity", summary: "First names and initials of the class of that code", actor: "anyone", policy: "open", params: Code, answers: { 200: Students }, refusals: [404],
    handle: async ({ ctx, params }) => {
      const items = await listClass(ctx, params.code);
      if (!items) throw notFound();
      return { status: 200, body: { items, nextCursor: null } };
    },
  }),
  endpoint({
    method: "post", path: "/auth/class-codes/{code}/tokens", tag: "Identity", summary: "Sign a child in who chose a name and typed the PIN", actor: "anyone", policy: "open",
    params: Code, body: ClassSignInInput.omit({ code: true }).meta({ id: "ClassSignIn" }), answers: { 201: IssuedToken }, refusals: [429],
    handle: async ({ ctx, params, body }) => {
      const { token, expiresAt } = await signInByClass(ctx, { ...body, code: params.code }, "bearer");
      return { status: 201, body: { token, expiresAt: isoTime(expiresAt) } };
    },
  }),
  endpoint({
    method: "put", path: "/children/{childId}/pin", tag: "Children", summary: "Give a child a PIN, as guardian with every right, teacher or administrator; the child's sessions end", actor: "required", policy: "own",
    params: z.object({ childId: z.string() }), body: SetPinInput, answers: { 204: null },
    handle: async ({ ctx, actor, params, body }) => {
      await setPin(ctx, actor, params.childId, body.pin);
      return { status: 204 };
    },
  }),
];
