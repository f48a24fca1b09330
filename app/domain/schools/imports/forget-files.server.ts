import { forgetFiles, listOldFiles } from "#db/imports.ts";
import type { AppContext } from "../../../context.ts";
import { DAY } from "../../clock.ts";

/** Long enough to look back at a file that brought something wrong in. */
const KEPT = 30 * DAY;
const AT_ONCE = 100;

/** Deletes files that came in longer ago. What became of their rows stays. Late, doubled or after a crash it does the same. */
export async function forgetImportFiles(ctx: AppContext): Promise<number> {
  const before = ctx.clock.now() - KEPT;
  const keys = await listOldFiles(ctx.db, before, AT_ONCE);
  if (keys.length === 0) return 0;
  await ctx.files.remove(keys);
  await forgetFiles(ctx.db, keys, before);
  return keys.length;
}
