import * as z from "zod";
import { TOPICS } from "#app/domain/support/article.ts";
import { readArticle } from "#app/domain/support/read-article.ts";
import { searchArticles, type Found } from "#app/domain/support/search-articles.ts";
import { endpoint, pageOf } from "./endpoint.ts";

const brief = { slug: z.string(), topic: z.enum(TOPICS), title: z.string(), summary: z.string() };
const ArticleBrief = z.object(brief).meta({ id: "ArticleBrief" });
const Article = z.object({ ...brief, text: z.array(z.string()).meta({ description: "Paragraphs" }), links: z.array(z.object({ href: z.string(), label: z.string() })) }).meta({ id: "Article" });

const briefOf = ({ slug, topic, title, summary }: Found): z.infer<typeof ArticleBrief> => ({ slug, topic, title, summary });

export const supportArticles = [
  endpoint({
    method: "get", path: "/support/articles", tag: "Support", summary: "Help articles: all, or those that fit the words, best first; small slips are forgiven", actor: "anyone", policy: "open",
    query: z.object({ q: z.string().max(100, "too_long").default("") }), answers: { 200: pageOf(ArticleBrief) },
    handle: async ({ query }) => ({ status: 200, body: { items: searchArticles(query.q).map(briefOf), nextCursor: null } }),
  }),
  endpoint({
    method: "get", path: "/support/articles/{slug}", tag: "Support", summary: "One article", actor: "anyone", policy: "open", params: z.object({ slug: z.string() }), answers: { 200: Article }, refusals: [404],
    handle: async ({ params }) => {
      const { text, links, ...found } = readArticle(params.slug);
      return { status: 200, body: { ...briefOf({ text, links, ...found }), text, links } };
    },
  }),
];
