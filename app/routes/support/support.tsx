import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ArticleList } from "#app/components/support/article-list.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { TOPICS } from "#app/domain/support/article.ts";
import { searchArticles } from "#app/domain/support/search-articles.ts";
import { findVisitor } from "#app/http/require-actor.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Open to visitors too: they need help first. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await findVisitor(context);
  const q = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 100);
  const found = searchArticles(q).map(({ slug, title, summary, topic }) => ({ slug, title, summary, topic }));
  return { title: messagesFor(actor?.locale ?? "en").support.title, q, found, asks: actor?.kind === "adult", stranger: actor === null };
}

export default function Support() {
  const { m: { support: m, shell } } = useLanguage();
  const { q, found, asks, stranger } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.title} about={m.about} />
      <form method="get" role="search">
        <Field name="q" type="search" label={m.search} defaultValue={q} maxLength={100} />
        <Button weight="quiet">{m.find}</Button>
      </form>
      {q === ""
        ? TOPICS.map((topic) => <section key={topic}><h2>{m.topics[topic]}</h2><ArticleList articles={found.filter((article) => article.topic === topic)} /></section>)
        : found.length === 0
          ? <EmptyState title={m.none(q)}><p>{m.noneText}</p></EmptyState>
          : <section><h2>{m.results(found.length, q)}</h2><ArticleList articles={found} /></section>}
      {q !== "" && <p><a href="/support">{m.everything}</a></p>}
      {(asks || stranger) && (
        <section>
          <h2>{m.ask}</h2>
          <p>{stranger ? m.askSignedOut : m.askText}</p>
          <p><ButtonLink href={stranger ? "/sign-in?to=/support" : "/support/tickets/new"}>{stranger ? shell.signIn : m.ask}</ButtonLink></p>
          {asks && <p><a href="/support/tickets">{m.tickets}</a></p>}
        </section>
      )}
    </>
  );
}
