import { TOPICS, type Article, type Topic } from "./article.ts";
import { articles } from "./articles/index.ts";
import { nearness } from "./near.ts";

export type Found = Article & { topic: Topic };

/** What says nothing of what is looked for. */
const SMALL = new Set("a am an and are as at be by can do does for from get has have how i if in is it me my not of on or our so that the their there this to up was we what when where which who why will with you your".split(" "));

const wordsOf = (text: string) => text.toLowerCase().normalize("NFKD").match(/[\p{L}\p{N}]+/gu) ?? [];

type Indexed = { article: Found; words: { word: string; weight: number }[] };
let index: Indexed[] | undefined;

/** Each word of an article once, by the weightiest place it has. */
const indexed = () => (index ??= TOPICS.flatMap((topic) => articles[topic].map((article) => {
  const weights = new Map<string, number>();
  for (const [weight, text] of [[1, article.text.join(" ")], [2, article.summary], [3, article.alsoCalled], [4, article.title]] as const) for (const word of wordsOf(text)) weights.set(word, weight);
  return { article: { ...article, topic }, words: [...weights].map(([word, weight]) => ({ word, weight })) };
})));

export const allArticles = (): Found[] => indexed().map(({ article }) => article);
export const findArticle = (slug: string): Found | null => allArticles().find((article) => article.slug === slug) ?? null;

/** The articles that have most of the words asked for, best first; all of them where nothing is asked. */
export function searchArticles(question: string): Found[] {
  const asked = [...new Set(wordsOf(question.slice(0, 100)))].filter((word) => !SMALL.has(word)).slice(0, 8);
  if (asked.length === 0) return allArticles();
  const judged = indexed().map(({ article, words }) => {
    const best = asked.map((each) => words.reduce((most, { word, weight }) => Math.max(most, nearness(each, word) * weight), 0));
    return { article, hits: best.filter((score) => score > 0).length, score: best.reduce((sum, score) => sum + score, 0) };
  });
  const most = Math.max(...judged.map(({ hits }) => hits));
  return most === 0 ? [] : judged.filter(({ hits }) => hits === most).sort((one, other) => other.score - one.score).map(({ article }) => article);
}
