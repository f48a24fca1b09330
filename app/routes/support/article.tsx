import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { LinkList } from "#app/components/ui/link-list.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { readArticle } from "#app/domain/support/read-article.ts";
import { read } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ params }: LoaderFunctionArgs) {
  const { title, summary, text, links } = await read(async () => readArticle(params.slug ?? ""));
  return { title, summary, text, links };
}

export default function HelpArticle() {
  const { m: { support: m } } = useLanguage();
  const { title, summary, text, links } = useLoaderData<typeof loader>();
  return (
    <article>
      <PageHeader title={title} about={summary} back={{ href: "/support", label: m.title }} />
      {text.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      <h2>{m.goOn}</h2>
      <LinkList rows={links.map(({ href, label }) => ({ key: href, href, title: label }))} />
    </article>
  );
}
