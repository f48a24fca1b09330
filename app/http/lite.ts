import { readCookie } from "./session.ts";

/** Lite mode: by the browser's wish (`Save-Data: on`) or by the person's own choice, which wins. */
export function isLite(request: Request): boolean {
  const chosen = readCookie(request, "lite");
  return chosen === null ? request.headers.get("Save-Data") === "on" : chosen === "1";
}
