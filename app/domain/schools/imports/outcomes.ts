/** A row of the file: its part (empty for a single file) and line, the header being 1. */
export type ImportRow = { part: string; line: number };

export const OUTCOMES = ["created", "changed", "already", "refused"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of a row, or in a dry run would. */
export type RowResult = ImportRow & {
  outcome: Outcome;
  /** Of a refused row: a key of the catalogue's `problems`. */
  problem: string | null;
  /** What the row is about, in short. */
  about: string;
};

