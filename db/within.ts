import { sql, type SQL } from "drizzle-orm";

/** Within its dates, the end exclusive: a row of that alias with `starts_at` and `ends_at`. The instant is written out to spare parameters. */
export const within = (alias: string, now: number | SQL) => {
  const [row, at] = [sql.raw(alias), typeof now === "number" ? sql.raw(String(Math.trunc(now))) : now];
  return sql`${row}.starts_at <= ${at} AND (${row}.ends_at IS NULL OR ${at} < ${row}.ends_at)`;
};
