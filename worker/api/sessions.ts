import * as z from "zod";
import { endOtherSessions, endSession } from "#app/domain/identity/end-session.server.ts";
import { listLogins, listSessions } from "#app/domain/identity/security-page.server.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const Session = z.object({
  id: z.string(), kind: z.enum(["browser", "bearer"]), current: z.boolean(), createdAt: Instant, lastSeenAt: Instant, expiresAt: Instant, address: z.string().nullable(), userAgent: z.string().nullable(),
}).meta({ id: "Session" });

const Login = z.object({
  id: z.string(), at: Instant, method: z.string(), success: z.boolean(), reason: z.string().nullable().meta({ description: "Why not, if it did not succeed" }), address: z.string().nullable(), userAgent: z.string().nullable(),
}).meta({ id: "Login" });

export const sessions = [
  endpoint({
    method: "get", path: "/me/sessions", tag: "Identity", summary: "Where the caller is signed in", actor: "required", policy: "own", answers: { 200: pageOf(Session) },
    handle: async ({ ctx, actor }) => ({
      status: 200,
      body: {
        items: (await listSessions(ctx, actor)).map((session) => ({
          ...session, current: session.id === actor.session.id, createdAt: isoTime(session.createdAt), lastSeenAt: isoTime(session.lastSeenAt), expiresAt: isoTime(session.expiresAt),
        })),
        nextCursor: null,
      },
    }),
  }),
  endpoint({
    method: "delete", path: "/me/sessions", tag: "Identity", summary: "End every session but this one", actor: "required", policy: "own", answers: { 204: null },
    handle: async ({ ctx, actor }) => {
      await endOtherSessions(ctx, actor);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "delete", path: "/me/sessions/{sessionId}", tag: "Identity", summary: "End a session; ending this one is signing out", actor: "required", policy: "own", params: z.object({ sessionId: z.string() }), answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await endSession(ctx, actor, params.sessionId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "get", path: "/me/login-history", tag: "Identity", summary: "The caller's sign-ins, newest first", actor: "required", policy: "own", query: Paging, answers: { 200: pageOf(Login) },
    handle: async ({ ctx, actor, query }) => {
      const { items, nextCursor } = await listLogins(ctx, actor, query);
      return { status: 200, body: { items: items.map(({ outcome, at, ...login }) => ({ ...login, at: isoTime(at), success: outcome === "success", reason: outcome === "success" ? null : outcome })), nextCursor } };
    },
  }),
];
