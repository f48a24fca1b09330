import type { Write } from "#db/client.ts";
import { countTry, uncountTry } from "#db/rate-limits.ts";
import type { AppContext } from "../../context.ts";
import { DomainError } from "../errors.ts";
import { bucketAt, limitKey, type Limit } from "./limits.ts";

/** One try at something limited. Its count goes into the caller's first batch, so that it costs no round trip of its own. */
type LimitedTry = {
  count: ReturnType<typeof countTry>;
  /** Throws rate_limited when the count came back empty. */
  permit(counted: unknown[]): void;
  /** For a try that was no failure. */
  giveBack: Write;
};

export function limitedTry(ctx: AppContext, limit: Limit, subject: string): LimitedTry {
  const now = ctx.clock.now();
  const { startsAt, since, freeAt } = bucketAt(limit, now);
  const bucket = { key: limitKey(limit, subject), startsAt, since, most: limit.most, expiresAt: freeAt };
  return {
    count: countTry(ctx.db, bucket),
    permit: (counted) => {
      if (counted.length === 0) throw new DomainError("rate_limited", "rate_limited", { extra: { retryAfter: Math.ceil((freeAt - now) / 1000) } });
    },
    giveBack: uncountTry(ctx.db, bucket),
  };
}
