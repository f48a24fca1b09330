import { broke } from "#db/errors.ts";
import type { DomainError } from "./errors.ts";

/** For a commit whose premise another may take away meanwhile: says no so, where one of these constraints broke. Any other error stays what it was. */
export const overtaken = (refusal: () => DomainError, ...constraints: string[]) => (error: unknown): never => {
  throw broke(error, ...constraints) ? refusal() : error;
};

/** For a commit that is as good when another made it first: whether this one was the first. */
export const wasFirst = (commit: Promise<unknown>, ...constraints: string[]): Promise<boolean> =>
  commit.then(() => true, (error: unknown) => {
    if (broke(error, ...constraints)) return false;
    throw error;
  });
