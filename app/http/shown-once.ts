import { data } from "@remix-run/cloudflare";
import type { AppContext } from "../context.ts";

const shown = new WeakMap<AppContext, unknown>();

/** An act's answer that takes its page's place, such as a code that is shown this once. The page's loader still runs, and asks `shownOnce` what it can leave unread. */
export function showOnce<T>(ctx: AppContext, answer: T, status = 200) {
  shown.set(ctx, answer);
  return data(answer, status);
}

/** What an act of this very request answered in its page's place. */
export const shownOnce = <T>(ctx: AppContext): T | undefined => shown.get(ctx) as T | undefined;
