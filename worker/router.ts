import { Hono } from "hono/tiny";
import { api } from "./api/index.ts";
import { hooks } from "./hooks/index.ts";
import { guardBody } from "./http/guard-body.ts";
import { guardOrigin } from "./http/guard-origin.ts";
import { noteAttempts } from "./http/note-attempts.ts";
import { guardView, refuseWith } from "./http/guard-view.ts";
import { observe } from "./http/observe.ts";
import { secureHeaders } from "./http/secure-headers.ts";
import type { KinboardHono } from "./http/types.ts";
import { mountPages } from "./pages.ts";

/** Every request, from the front door inwards. */
export const router = new Hono<KinboardHono>();

router.use(observe); // request id, context, log line
router.use(secureHeaders);
router.use(noteAttempts); // after the answer
router.route("/hooks", hooks); // signed by vendors: no Origin, their own size limit
router.use(guardOrigin);
router.use(guardBody);
router.route("/api", api);
router.use(guardView);
mountPages(router);
refuseWith((request, env, execution) => router.fetch(request, env, execution));
