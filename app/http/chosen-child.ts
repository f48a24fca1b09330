import type { Actor } from "../domain/actor.ts";
import { readCookie } from "./session.ts";

/** The child a page is about, by its address; elsewhere the one last looked at. */
export function chosenChild(request: Request): string | null {
  return named(request) ?? readCookie(request, "child");
}

/** The Set-Cookie line that remembers the child just looked at, if it is one of the reader's and news. */
export function rememberChild(request: Request, wardIds: string[]): string | null {
  const child = named(request);
  return child && wardIds.includes(child) && child !== readCookie(request, "child") ? `child=${child}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000` : null;
}

function named(request: Request): string | null {
  const { pathname, searchParams } = new URL(request.url);
  const asked = searchParams.get("child") ?? searchParams.get("studentId") ?? "";
  return /^\/children\/(user_\w+)/.exec(pathname)?.[1] ?? (asked.startsWith("user_") ? asked : null);
}

/** The child that a page about one's children means: the one its address names (`?child=`), which the domain then judges; else the one last looked at; else the first. A child means itself. */
export function childMeant(actor: Actor, request: Request): string | null {
  const wanted = new URL(request.url).searchParams.get("child");
  if (wanted !== null) return wanted;
  if (actor.kind === "child") return actor.userId;
  const remembered = readCookie(request, "child");
  return (actor.wards.find((ward) => ward.childId === remembered) ?? actor.wards[0])?.childId ?? null;
}
