import * as z from "zod";
import { cancelEmailChange, changeProfile } from "#app/domain/identity/change-profile.server.ts";
import { confirmEmail } from "#app/domain/identity/confirm-email.server.ts";
import { keepAvatar, removeAvatar } from "#app/domain/identity/keep-avatar.server.ts";
import { ChangeProfileInput, ConfirmEmailInput, CONTACT_METHODS } from "#app/domain/identity/profile-inputs.ts";
import { readAvatar } from "#app/domain/identity/read-avatar.server.ts";
import { readProfile } from "#app/domain/identity/read-profile.server.ts";
import { THRESHOLDS } from "#app/domain/notifications/severity.ts";
import { endpoint } from "./endpoint.ts";

const Profile = z.object({
  name: z.string(), email: z.string().nullable(), pendingEmail: z.string().nullable().meta({ description: "Counts once the code mailed to it is confirmed" }), username: z.string().nullable(),
  phone: z.string().nullable(), locale: z.string(), timeZone: z.string(), avatar: z.string().nullable(), contactMethod: z.enum(CONTACT_METHODS),
  emergencyContact: z.object({ name: z.string(), phone: z.string() }).nullable(), billingAddress: z.string().nullable(), notificationDefaults: z.object({ email: z.enum(THRESHOLDS) }),
}).meta({ id: "Profile" });

const own = { tag: "Identity", actor: "required", policy: "own" } as const;

export const profile = [
  endpoint({
    ...own, method: "get", path: "/me/profile", summary: "One's own profile", answers: { 200: Profile },
    handle: async ({ ctx, actor }) => ({ status: 200, body: await readProfile(ctx, actor) }),
  }),
  endpoint({
    ...own, method: "patch", path: "/me/profile", summary: "Change one's profile; another e-mail address needs a step-up and its code", body: ChangeProfileInput, answers: { 200: Profile }, refusals: [429],
    handle: async ({ ctx, actor, body }) => {
      await changeProfile(ctx, actor, body);
      return { status: 200, body: await readProfile(ctx, actor) };
    },
  }),
  endpoint({
    ...own, method: "post", path: "/me/profile/email", summary: "Confirm one's new e-mail address by the code mailed to it", body: ConfirmEmailInput, answers: { 200: Profile }, refusals: [429],
    handle: async ({ ctx, actor, body }) => {
      await confirmEmail(ctx, actor, body.code);
      return { status: 200, body: await readProfile(ctx, actor) };
    },
  }),
  endpoint({
    ...own, method: "delete", path: "/me/profile/email", summary: "Give up an e-mail address that waits for its code", answers: { 204: null },
    handle: async ({ ctx, actor }) => {
      await cancelEmailChange(ctx, actor);
      return { status: 204 };
    },
  }),
  endpoint({
    ...own, method: "put", path: "/me/avatar", summary: "One's picture, judged by its bytes; kept small and bare", upload: ["image/jpeg", "image/png", "image/webp"], answers: { 204: null },
    handle: async ({ ctx, actor, request }) => {
      await keepAvatar(ctx, actor, new Uint8Array(await request.arrayBuffer()));
      return { status: 204 };
    },
  }),
  endpoint({
    ...own, method: "delete", path: "/me/avatar", summary: "Remove one's picture", answers: { 204: null },
    handle: async ({ ctx, actor }) => {
      await removeAvatar(ctx, actor);
      return { status: 204 };
    },
  }),
  endpoint({
    ...own, method: "get", path: "/avatars/{userId}", summary: "The picture of oneself, of an adult near to one, or of a child whose pictures are shared with one", params: z.object({ userId: z.string() }),
    answers: { 200: null }, file: "image/webp",
    handle: async ({ ctx, actor, params, request }) => {
      const { etag, file } = await readAvatar(ctx, actor, params.userId, request.headers.get("If-None-Match"));
      // Kept by the reader's own browser, and asked about before each use: a right that ended shows nothing more.
      const headers = { "ETag": etag, "Cache-Control": "private, no-cache" };
      return file ? { status: 200, file: file.body, headers: { ...headers, "Content-Type": file.type, "Content-Length": String(file.size) } } : { status: 304, headers };
    },
  }),
];
