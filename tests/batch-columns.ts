import { D1PreparedQuery } from "drizzle-orm/d1";

/** A batched select with two columns of one name loses one of them without a word: here it speaks. See `named` in db/client.ts. */
type Mapping = { mapResult(rows: unknown, isFromBatch?: boolean): unknown; fields?: unknown[] };
const prepared = D1PreparedQuery.prototype as unknown as Mapping;
const { mapResult } = prepared;
prepared.mapResult = function (this: Mapping, rows, isFromBatch) {
  const first = isFromBatch ? (rows as { results?: object[] }).results?.[0] : undefined;
  if (first && this.fields && Object.keys(first).length !== this.fields.length) throw new Error(`a batched select has two columns of one name: ${Object.keys(first).join(", ")}`);
  return mapResult.call(this, rows, isFromBatch);
};
