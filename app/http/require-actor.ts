import { redirect } from "@remix-run/cloudflare";
import type { AppContext } from "../context.ts";
import type { Actor } from "../domain/actor.ts";
import { DomainError } from "../domain/errors.ts";
import { pageError } from "./forms.ts";
import { isViewable } from "./read-only-view.ts";
import { findActor } from "../domain/identity/find-actor.server.ts";

const OWN_PASSWORD = "/settings/password-change";

/** Who is asking. Throws unauthenticated, and password_change_required for who came in by a one-time secret, unless this is the door to an own one. */
export async function requireActor(ctx: AppContext, { toOwnPassword = false } = {}): Promise<Actor> {
  const actor = await findActor(ctx);
  if (!actor) throw new DomainError("unauthenticated");
  if (actor.viewedBy) throw readOnly();
  if (actor.mustChangePassword && !toOwnPassword) throw new DomainError("password_change_required");
  return actor;
}

/** Who is asking, if anybody. Who came in by a one-time secret is nobody yet. */
export async function findVisitor(ctx: AppContext): Promise<Actor | null> {
  const actor = await findPerson(ctx);
  return actor?.mustChangePassword ? null : actor;
}

/** The same, for what is answered to a person themselves: who looks through another's eyes is nobody here. */
export async function findOneself(ctx: AppContext): Promise<Actor | null> {
  const actor = await findVisitor(ctx);
  return actor?.viewedBy ? null : actor;
}

/** Who is asking, on a page: sends a stranger to sign in and back, and who came in by a one-time secret to choose an own one first. Throws a Response. */
export async function requireVisitor(ctx: AppContext, request: Request): Promise<Actor> {
  const actor = await requireNewcomer(ctx, request);
  if (actor.mustChangePassword) throw redirect(withReturn(OWN_PASSWORD, request));
  return actor;
}

/** The same for the few pages that are open before an own password is chosen. */
export async function requireNewcomer(ctx: AppContext, request: Request): Promise<Actor> {
  const actor = await findPerson(ctx);
  if (!actor) throw redirect(withReturn("/sign-in", request));
  if (actor.viewedBy && !isViewable(request)) throw pageError(readOnly());
  return actor;
}

const readOnly = () => new DomainError("forbidden", "read_only_view");

/** Pages are for people: a token for programs, whose scopes are the API's, opens none. */
async function findPerson(ctx: AppContext): Promise<Actor | null> {
  const actor = await findActor(ctx);
  return actor?.session.kind === "personal" ? null : actor;
}

function withReturn(to: string, request: Request): string {
  const { pathname, search } = new URL(request.url);
  return request.method === "GET" && pathname !== "/" ? `${to}?to=${encodeURIComponent(pathname + search)}` : to;
}
