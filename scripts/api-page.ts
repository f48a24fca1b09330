import { html } from "hono/html";
import type { Endpoint } from "#worker/api/endpoint.ts";

/** The OpenAPI document for the eye: one list, no script. */
export function apiPage(endpoints: Endpoint[]): string {
  const tags = [...new Set(endpoints.map((door) => door.tag))];
  return String(html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Kinboard API</title>
<h1>Kinboard API</h1><p>Every path stands under <code>/api/v1</code>. The machine-readable description is <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
${tags.map((tag) => html`<h2>${tag}</h2><ul>${endpoints.filter((door) => door.tag === tag).map((door) => html`<li><code>${door.method.toUpperCase()} ${door.path}</code> ${door.summary}</li>`)}</ul>`)}</html>`);
}
