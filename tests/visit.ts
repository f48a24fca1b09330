import type { AppContext } from "#app/context.ts";
import { send, signedIn } from "./world.ts";

/** A person with a browser that runs no script: opens pages and posts their forms. */
export async function visitor(ctx: AppContext, userId: string, more: { steppedUp?: boolean } = {}) {
  const cookie = `kinboard=${await signedIn(ctx, userId, { ...more, kind: "browser" })}`;
  return {
    open: (path: string) => send("GET", path, { headers: { Cookie: cookie } }),
    post: (path: string, form: Record<string, string> = {}) => send("POST", path, {
      headers: { "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" }, text: new URLSearchParams(form).toString(),
    }),
  };
}
