import { notFound } from "../errors.ts";
import { findArticle, type Found } from "./search-articles.ts";

export function readArticle(slug: string): Found {
  const found = findArticle(slug);
  if (!found) throw notFound();
  return found;
}
