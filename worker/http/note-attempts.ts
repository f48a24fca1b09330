import { createMiddleware } from "hono/factory";
import { askedActor } from "#app/domain/identity/find-actor.server.ts";
import { noteAttempt } from "#app/domain/restrictions/note-attempt.server.ts";
import type { KinboardHono } from "./types.ts";

const IDS = /\b[a-z]+_[0-9A-Z]{26}\b/g;
const MOST = 20;

/** Whoever is kept away from a child and asks for it all the same is answered like for an unknown id; afterwards the attempt is written down. */
export const noteAttempts = createMiddleware<KinboardHono>(async (c, next) => {
  await next();
  if (c.res.status !== 404) return;
  const ctx = c.get("ctx");
  const actor = await askedActor(ctx);
  if (!actor || actor.viewedBy || actor.restrictedFrom.length === 0) return;
  const { pathname, search } = new URL(c.req.url);
  const ids = [...new Set([...(pathname + search).matchAll(IDS)].map(([id]) => id)), ...(c.get("restrictedFrom") ?? [])].slice(0, MOST);
  if (ids.length > 0) ctx.waitUntil(noteAttempt(ctx, actor, pathname, ids).catch((error: unknown) => console.error(JSON.stringify({ event: "attempt.not_noted", requestId: ctx.visit.requestId, error: String(error) }))));
});
