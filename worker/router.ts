import { Hono } from "hono/tiny";
import { guardBody } from "./http/guard-body.ts";
import { guardOrigin } from "./http/guard-origin.ts";
import { guardView } from "./http/guard-view.ts";
import { noteAttempts } from "./http/note-attempts.ts";
import { observe } from "./http/observe.ts";
import { secureHeaders } from "./http/secure-headers.ts";
import type { KinboardHono } from "./http/types.ts";

/** What a Worker answers to: each part of what is deployed mounts its own, development mounts all. */
type Doors = { hooks?: Hono<KinboardHono>; api?: Hono<KinboardHono>; calendar?: Hono<KinboardHono>; pages?: Hono<KinboardHono> };

/** Every request, from the front door inwards. */
export function routerOf({ hooks, api, calendar, pages }: Doors): Hono<KinboardHono> {
  const router = new Hono<KinboardHono>();
  router.use(observe); // request id, context, log line
  router.use(secureHeaders);
  router.use(noteAttempts); // after the answer
  if (hooks) router.route("/hooks", hooks); // signed by vendors: no Origin, their own size limit
  router.use(guardOrigin);
  router.use(guardBody);
  if (api) router.route("/api", api);
  if (calendar) router.route("/calendar", calendar);
  if (pages) {
    router.use(guardView((request, env, execution) => router.fetch(request, env, execution)));
    router.route("/", pages);
  }
  return router;
}
