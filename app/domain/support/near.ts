import { slipsToBeginnings } from "../slips.ts";

/** Slips that are forgiven in a word of that length. */
const forgiven = (length: number) => (length < 4 ? 0 : length < 8 ? 1 : 2);

/**
 * How well a word begins as asked: 3 the word itself, 2 its beginning, 1 its beginning with a slip or two (a letter wrong, missing, too many,
 * or two swapped; the first must be right), 0 not at all.
 */
export function nearness(asked: string, word: string): 0 | 1 | 2 | 3 {
  if (word === asked) return 3;
  if (word.startsWith(asked)) return 2;
  return asked[0] === word[0] && Math.min(...slipsToBeginnings(asked, word)) <= forgiven(asked.length) ? 1 : 0;
}
