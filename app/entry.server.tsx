import type { EntryContext } from "@remix-run/cloudflare";
import { RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server.browser";

/** Pages are a few kilobytes: streaming one costs half as much again and buys nothing. */
export default function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  const html = renderToString(<RemixServer context={context} url={request.url} />);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(`<!doctype html>${html}`, { status, headers });
}

/** The router logs what crashed; Remix need not say it again. */
export function handleError(error: unknown, { request }: { request: Request }) {
  if (!request.signal.aborted) console.error(JSON.stringify({ event: "page.crashed", path: new URL(request.url).pathname, error: error instanceof Error ? (error.stack ?? String(error)) : String(error) }));
}
