import { invalid } from "./errors.ts";

/** How much of a list is asked for, and after which place of it. */
export type Paging = { limit: number; cursor?: string | undefined };
export type Page<T> = { items: T[]; nextCursor: string | null };

/** What is shown of rows of which one more than asked for was read, and the place after which the next page begins. */
export function pageOf<T>(found: readonly T[], limit: number, placeOf: (last: T) => string): Page<T> {
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? placeOf(items.at(-1)!) : null };
}

/** The place in a list whose order is that of its ids. */
export const byId = ({ id }: { id: string }): string => id;

/** The place in a list that is ordered by an instant, then by id. */
type Moment = { at: number; id: string };
export const byMoment = ({ at, id }: Moment): string => `${at}.${id}`;

/** The moment that a cursor names. Throws for one that we did not give. */
export function momentOf(cursor: string | undefined): Moment | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] = /^(\d{1,15})\.(\w{1,60})$/.exec(cursor) ?? [];
  if (id === undefined) throw invalid("cursor", "invalid");
  return { at: Number(at), id };
}
