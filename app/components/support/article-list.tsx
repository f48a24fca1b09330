import { LinkList } from "#app/components/ui/link-list.tsx";

type ListedArticle = { slug: string; title: string; summary: string };

export function ArticleList({ articles }: { articles: ListedArticle[] }) {
  return <LinkList rows={articles.map(({ slug, title, summary }) => ({ key: slug, href: `/support/articles/${slug}`, title, hint: summary }))} />;
}
