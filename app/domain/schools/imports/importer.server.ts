import type { Write } from "#db/client.ts";
import type { AppContext } from "../../../context.ts";
import type { ImportRow, RowResult } from "./outcomes.ts";

/** For whom the file is read. */
export type Importing = { importId: string; schoolId: string; startedBy: string; starterName: string; dryRun: boolean };

export type Plan = {
  /** One for each row asked. */
  results: RowResult[];
  /** What the good rows do. Written in one batch with the report, and not at all in a dry run. */
  writes: Write[];
  /** Jobs among the writes, to be rung when those are through. */
  jobIds?: string[];
};

/**
 * One kind of file. The engine reads it, has it planned chunk by chunk, and writes each chunk together with how far it came: so a chunk
 * happens once, whatever dies or is doubled. The plan refuses bad rows one by one; a constraint that it breaks nevertheless makes the
 * engine plan again in smaller chunks with nothing remembered, down to the single row, which is then refused.
 */
export type Importer<R extends ImportRow = ImportRow, M = unknown> = {
  /** The rows, those that others rest on first. Throws invalid_input at `file` when nothing can be done with it. */
  read(bytes: Uint8Array<ArrayBuffer>): R[] | Promise<R[]>;
  /** What earlier rows of the same file led to: the only trace that they leave in a dry run. */
  remember(): M;
  /** Looks up what the rows name (in as few statements as possible), decides, and notes in the memory what it made. */
  plan(ctx: AppContext, importing: Importing, rows: R[], memory: M): Promise<Plan>;
};

/** The kinds have nothing in common but this. */
export const importer = <R extends ImportRow, M>(kind: Importer<R, M>): Importer => kind as unknown as Importer;
