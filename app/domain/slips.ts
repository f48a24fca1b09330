/** How many slips lie between a word and each beginning of another, the shortest first: a letter wrong, missing, too many, or changed with its neighbour (Damerau and Levenshtein's, neighbours changed once). */
export function slipsToBeginnings(word: string, other: string): number[] {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= word.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const swapped = i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1] ? before[j - 2]! + 1 : Infinity;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (word[i - 1] === other[j - 1] ? 0 : 1), swapped));
    }
    [before, last] = [last, row];
  }
  return last;
}
