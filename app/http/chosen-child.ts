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

const named = (request: Request) => /^\/children\/(user_\w+)/.exec(new URL(request.url).pathname)?.[1] ?? null;
