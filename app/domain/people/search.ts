/**
 * What was typed, as beginnings of words for the lists of people. Those hold words as SQLite lower-cases them: A to Z only. A word that begins
 * with another letter is therefore looked for as names are written, with a capital.
 */
export function searchTerms(typed: string): string[] {
  const words = typed.normalize("NFC").trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 4);
  return words.map((word) => (word.charCodeAt(0) < 128 ? word : word.replace(/^./u, (first) => first.toUpperCase())));
}
