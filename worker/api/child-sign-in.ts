import * as z from "zod";
import { notFound } from "#app/domain/errors.ts";
import { ClassSignInInput, SetPinInput } from "#app/domain/identity/inputs.ts";
import { setPin } from "#app/domain/identity/set-pin.server.ts";
import { listClass, signInByClass } from "#app/domain/identity/sign-in-by-class.server.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { IssuedToken } from "./tokens.ts";
import { isoTime } from "./views.ts";

const Code = z.object({ code: z.string() });
const Students = pageOf(z.object({ student: z.string(), name: z.string() }).meta({ id: "ClassStudent" }));

export const childSignIn = [
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
