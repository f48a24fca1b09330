import type { AppContext, Visit } from "../context.ts";
import type { IssuedSession } from "../domain/identity/sessions.ts";

/** `__Host-` binds the cookie to this host over https; plain http on localhost cannot set such a name. */
const SECURE_NAME = "__Host-kinboard";
const LOCAL_NAME = "kinboard";

const TOKEN = /^[\w-]{20,100}$/;

export function readToken(request: Request): Visit["token"] {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (bearer) return TOKEN.test(bearer) ? { value: bearer, via: "bearer" } : null;
  const name = new URL(request.url).protocol === "https:" ? SECURE_NAME : LOCAL_NAME;
  const value = readCookie(request, name);
  return value && TOKEN.test(value) ? { value, via: "cookie" } : null;
}

export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get("Cookie") ?? "").split(/; */)) if (part.startsWith(`${name}=`)) return part.slice(name.length + 1);
  return null;
}

/** The Set-Cookie line of a new session. */
export function sessionCookie(ctx: AppContext, session: IssuedSession): string {
  const secure = ctx.settings.origin.startsWith("https:");
  const seconds = Math.max(0, Math.floor((session.expiresAt - ctx.clock.now()) / 1000));
  return `${secure ? SECURE_NAME : LOCAL_NAME}=${session.token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? "; Secure" : ""}`;
}

export function endedSessionCookie(ctx: AppContext): string {
  const secure = ctx.settings.origin.startsWith("https:");
  return `${secure ? SECURE_NAME : LOCAL_NAME}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? "; Secure" : ""}`;
}
