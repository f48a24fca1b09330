import { redirect } from "@remix-run/cloudflare";
import type { AppContext } from "../context.ts";
import type { Actor } from "../domain/actor.ts";
import { DomainError } from "../domain/errors.ts";
import { findActor } from "../domain/identity/find-actor.server.ts";

/** Who is asking. Throws unauthenticated. */
export async function requireActor(ctx: AppContext): Promise<Actor> {
  const actor = await findActor(ctx);
  if (!actor) throw new DomainError("unauthenticated");
  return actor;
}

/** Who is asking, on a page: sends a stranger to sign in and back. Throws a Response. */
export async function requireVisitor(ctx: AppContext, request: Request): Promise<Actor> {
  const actor = await findActor(ctx);
  if (actor) return actor;
  const { pathname, search } = new URL(request.url);
  throw redirect(request.method === "GET" && pathname !== "/" ? `/sign-in?to=${encodeURIComponent(pathname + search)}` : "/sign-in");
}
