import { findActorByToken } from "#db/identity.ts";
import { touchSession } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { HOUR } from "../clock.ts";
import { through } from "./lens.ts";
import { hashToken } from "./sessions.ts";

const asked = new WeakMap<AppContext, Promise<Actor | null>>();

/** Who shows the request's token, or null. Asked once a request, however many loaders ask. */
export function findActor(ctx: AppContext): Promise<Actor | null> {
  let answer = asked.get(ctx);
  if (!answer) asked.set(ctx, (answer = load(ctx)));
  return answer;
}

/** Who was found to ask, if anybody wanted to know. */
export const askedActor = (ctx: AppContext): Promise<Actor | null> => asked.get(ctx) ?? Promise.resolve(null);

/** For a token that is known to be no whole session: saves the question. */
export function rememberNobody(ctx: AppContext): void {
  asked.set(ctx, Promise.resolve(null));
}

async function load(ctx: AppContext): Promise<Actor | null> {
  const { token } = ctx.visit;
  if (!token) return null;
  const now = ctx.clock.now();
  const actor = await findActorByToken(ctx.db, await hashToken(token.value), now, through);
  if (!actor) return null;
  // A cookie does not open the API's bearer door, nor the other way round.
  if ((token.via === "cookie") !== (actor.session.kind === "browser")) return null;
  if (now - actor.lastSeenAt > HOUR) ctx.waitUntil(touchSession(ctx.db, actor.session.id, now).run());
  return actor;
}
