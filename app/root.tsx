import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { isRouteErrorResponse, Outlet, Scripts, useMatches, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { ENHANCE_URL } from "#build/enhance.js";
import { STYLE } from "#build/styles.js";
import { ErrorPage } from "./components/shell/error-page.tsx";
import { Shell, type ShellFacts } from "./components/shell/shell.tsx";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { isLite } from "#app/http/lite.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { formatterFor } from "#app/i18n/format.ts";
import { Language } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await findActor(context);
  const shell: ShellFacts | null = actor && { kind: actor.kind, name: actor.name, administers: actor.memberships.some((held) => held.role === "school_admin" || held.role === "school_owner"), counts: actor.counts };
  return { shell, lite: isLite(request), locale: actor?.locale ?? "en", timeZone: actor?.timeZone ?? "UTC", path: new URL(request.url).pathname };
}

export type RootData = Awaited<ReturnType<typeof loader>>;

/** The document. Scripts are the exception: a page hydrates only if its route says `handle = { hydrate: true }`. */
export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const matches = useMatches();
  const lite = root?.lite ?? true;
  const { locale = "en", timeZone = "UTC" } = root ?? {};
  const language = { m: messagesFor(locale), f: formatterFor(locale, timeZone) };
  const hydrate = !lite && matches.some((match) => (match.handle as { hydrate?: boolean } | undefined)?.hydrate);
  return (
    <Language.Provider value={language}>
      <html lang={locale} data-lite={lite || undefined}>
        <head>
          <meta charSet="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <title>{titleOf(matches, language.m.shell.brand)}</title>
          <link rel="icon" href="data:," />
          <style dangerouslySetInnerHTML={{ __html: STYLE }} suppressHydrationWarning />
          {!lite && <script type="module" src={ENHANCE_URL} async />}
        </head>
        <body>
          <Shell facts={root?.shell ?? null} path={root?.path ?? "/"}>{children}</Shell>
          {hydrate && <Scripts />}
        </body>
      </html>
    </Language.Provider>
  );
}

/** Each page's loader may answer `title`; the document is titled by the innermost. */
function titleOf(matches: ReturnType<typeof useMatches>, brand: string): string {
  for (const match of [...matches].reverse()) {
    const title = (match.data as { title?: unknown } | null | undefined)?.title;
    if (typeof title === "string") return `${title} – ${brand}`;
  }
  return brand;
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  return <ErrorPage status={isRouteErrorResponse(error) ? error.status : 500} facts={isRouteErrorResponse(error) ? (error.data as Record<string, unknown>) : {}} />;
}
