import { data, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { Outlet, Scripts, useMatches, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { useContext, type ReactNode } from "react";
import { ENHANCE_URL } from "#build/enhance.js";
import { ErrorPage, failureOf, failureTitle } from "./components/shell/error-page.tsx";
import { Shell, type ShellFacts } from "./components/shell/shell.tsx";
import { ScriptNonce } from "./components/shell/script-nonce.ts";
import { Thrown } from "./components/shell/thrown.ts";
import type { Actor } from "#app/domain/actor.ts";
import { pictureOf } from "#app/domain/identity/avatar.ts";
import { childPages, samePageFor } from "#app/domain/navigation/child-pages.ts";
import { sectionsFor } from "#app/domain/navigation/sections.ts";
import { chosenChild, rememberChild } from "#app/http/chosen-child.ts";
import { rememberSchool } from "#app/http/chosen-school.ts";
import { isLite } from "#app/http/lite.ts";
import { findVisitor } from "#app/http/require-actor.ts";
import { readCookie } from "#app/http/session.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { formatterFor } from "#app/i18n/format.ts";
import { Language, Lite } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await findVisitor(context);
  const path = new URL(request.url).pathname;
  const facts = { shell: actor && shellFacts(actor, path, chosenChild(request)), lite: isLite(request), folded: readCookie(request, "fold") === "1", locale: actor?.locale ?? "en", timeZone: actor?.timeZone ?? "UTC", path };
  const news = actor ? [rememberChild(request, actor.wards.map((ward) => ward.childId)), rememberSchool(request, actor)] : [];
  return data(facts, { headers: news.filter((line) => line !== null).map((line): [string, string] => ["Set-Cookie", line]) });
}

function shellFacts(actor: Actor, path: string, chosen: string | null): ShellFacts {
  const samePage = samePageFor(actor, path);
  return {
    name: actor.name,
    viewedBy: actor.viewedBy,
    sections: sectionsFor(actor, path),
    wards: actor.wards.map(({ childId, name }) => ({
      id: childId, name, picture: pictureOf(actor, childId), href: samePage(childId),
      // Shown of one child alone, which the page names.
      get pages() {
        return childPages(actor, childId);
      },
    })),
    chosen,
  };
}

export type RootData = typeof loader;

/** The document. Scripts are the exception: a page hydrates only if its route says `handle = { hydrate: true }`. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const matches = useMatches();
  const { locale = "en", timeZone = "UTC" } = root ?? {};
  const language = { m: messagesFor(locale), f: formatterFor(locale, timeZone) };
  const nonce = useContext(ScriptNonce);
  const error = useContext(Thrown);
  const failure = error === undefined ? null : failureOf(error);
  const lite = root?.lite ?? true;
  const title = failure ? failureTitle(language.m, failure) : answered(matches, "title");
  return (
    <Language.Provider value={language}>
     <Lite.Provider value={lite}>
      <html lang={locale}>
        <head>
          <meta charSet="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="theme-color" content="#0f3527" />
          <title>{title ? `${title} – ${language.m.shell.brand}` : language.m.shell.brand}</title>
          <link rel="icon" href="data:," />
          {/* Filled when it is known what stands in the page. */}
          <style dangerouslySetInnerHTML={{ __html: "" }} suppressHydrationWarning />
          {!lite && <script type="module" src={ENHANCE_URL} async />}
        </head>
        <body>
          <Shell facts={root?.shell ?? null} aboutChild={answered(matches, "aboutChild")} path={root?.path ?? "/"} lite={lite} folded={root?.folded ?? false}>{children}</Shell>
          {nonce !== null && <Scripts nonce={nonce} />}
        </body>
      </html>
     </Lite.Provider>
    </Language.Provider>
  );
}

/** What a page's loader may answer for the frame: `title` of the document, and `aboutChild` where the address does not name the child. The innermost counts. */
function answered(matches: ReturnType<typeof useMatches>, fact: "title" | "aboutChild"): string | undefined {
  return matches.map((match) => (match.data as Record<string, unknown> | null | undefined)?.[fact]).findLast((value) => typeof value === "string") as string | undefined;
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorPage {...failureOf(useRouteError())} />;
}
