import { readCookie } from "./session.ts";

type LiteChoice = "on" | "off" | "auto";

const VALUES = { on: "1", off: "0" };

/** What the person chose, if anything. */
export function liteChoice(request: Request): LiteChoice {
  const chosen = readCookie(request, "lite");
  return chosen === VALUES.on ? "on" : chosen === VALUES.off ? "off" : "auto";
}

/** Lite mode: by the browser's wish (`Save-Data: on`) or by the person's own choice, which wins. */
export function isLite(request: Request): boolean {
  const choice = liteChoice(request);
  return choice === "auto" ? request.headers.get("Save-Data")?.toLowerCase() === "on" : choice === "on";
}

/** The Set-Cookie line that remembers the choice for a year. */
export function liteCookie(choice: LiteChoice): string {
  return choice === "auto" ? "lite=; Path=/; Max-Age=0" : `lite=${VALUES[choice]}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000`;
}
