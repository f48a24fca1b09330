/** Slips that are forgiven in a word of that length. */
const forgiven = (length: number) => (length < 4 ? 0 : length < 8 ? 1 : 2);

/**
 * How well a word begins as asked: 3 the word itself, 2 its beginning, 1 its beginning with a slip or two (a letter wrong, missing, too many,
 * or two swapped; the first must be right), 0 not at all.
 */
export function nearness(asked: string, word: string): 0 | 1 | 2 | 3 {
  if (word === asked) return 3;
  if (word.startsWith(asked)) return 2;
  return asked[0] === word[0] && slipsToBeginning(asked, word) <= forgiven(asked.length) ? 1 : 0;
}

/** The fewest slips between what was asked and any beginning of the word (Damerau and Levenshtein). */
function slipsToBeginning(asked: string, word: string): number {
  let before: number[] = [];
  let row = Array.from({ length: word.length + 1 }, (_, at) => at);
  for (let i = 1; i <= asked.length; i++) {
    const next = [i];
    for (let j = 1; j <= word.length; j++) {
      const swapped = i > 1 && j > 1 && asked[i - 1] === word[j - 2] && asked[i - 2] === word[j - 1] ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (asked[i - 1] === word[j - 1] ? 0 : 1), swapped));
    }
    [before, row] = [row, next];
  }
  return Math.min(...row);
}
