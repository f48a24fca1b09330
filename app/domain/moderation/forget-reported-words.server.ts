import { forgetReportedWords as forgetWords } from "#db/message-reports.ts";
import type { AppContext } from "../../context.ts";
import { DAY } from "../clock.ts";

/** How long moderators keep the words of a reported message. */
const KEEP_WORDS = 30 * DAY;

export async function forgetReportedWords(ctx: AppContext): Promise<number> {
  return (await forgetWords(ctx.db, ctx.clock.now() - KEEP_WORDS)).meta.changes;
}
