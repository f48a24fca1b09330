import type { EntryContext } from "@remix-run/cloudflare";
import { RemixServer } from "@remix-run/react";
import { ScriptNonce } from "./components/shell/script-nonce.ts";
import { Thrown } from "./components/shell/thrown.ts";
import { isLite } from "#app/http/lite.ts";
import { hashOf, styleOf, WHOLE_STYLE } from "#app/http/page-style.ts";
import { renderToString } from "react-dom/server.browser";

/** Milliseconds: no loader answers anything that comes later. Remix's own five seconds would keep a timer alive for each page, of which an isolate may have ten thousand. */
export const streamTimeout = 50;

const STYLE_PLACE = "<style></style>";

/** Pages are a few kilobytes: streaming one costs half as much again and buys nothing. The front door turns the nonce and the hash into the page's Content-Security-Policy. */
export default async function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  const nonce = hydrates(context) && !isLite(request) ? crypto.randomUUID() : null;
  if (nonce) headers.set("X-Script-Nonce", nonce);
  // Remix would stream the loaders' data through Suspense, which a string cannot wait for.
  const { serverHandoffStream, ...whole } = context;
  const html = renderToString(
    <ScriptNonce.Provider value={nonce}>
      <Thrown.Provider value={Object.values(context.staticHandlerContext.errors ?? {})[0]}><RemixServer context={whole} url={request.url} /></Thrown.Provider>
    </ScriptNonce.Provider>,
  );
  const handoff = nonce && serverHandoffStream ? handoffScript(await new Response(serverHandoffStream).text(), nonce) : "";
  const style = nonce ? WHOLE_STYLE : styleOf(html);
  headers.set("X-Style-Hash", await hashOf(style));
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(`<!doctype html>${html.replace(STYLE_PLACE, () => `<style>${style}</style>`)}${handoff}`, { status, headers });
}

/** What the loaders answered, for the browser's router: in JSON that no markup can end. */
function handoffScript(data: string, nonce: string): string {
  const json = JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `<script nonce="${nonce}">window.__remixContext.streamController.enqueue(${json});window.__remixContext.streamController.close();</script>`;
}

/** Scripts are the exception: a page hydrates only if its route says `handle = { hydrate: true }`. */
function hydrates({ staticHandlerContext, routeModules }: EntryContext): boolean {
  return staticHandlerContext.errors === null && staticHandlerContext.matches.some(({ route }) => (routeModules[route.id]?.handle as { hydrate?: boolean } | undefined)?.hydrate);
}

/** The router logs what crashed; Remix need not say it again. */
export function handleError(error: unknown, { request }: { request: Request }) {
  if (!request.signal.aborted) console.error(JSON.stringify({ event: "page.crashed", path: new URL(request.url).pathname, error: error instanceof Error ? (error.stack ?? String(error)) : String(error) }));
}
