import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { StripeWorld } from "./stripe/world.ts";

export type Asked = { method: string; url: URL; headers: IncomingHttpHeaders; body: string };
export type Handler = (world: StripeWorld, asked: Asked, response: ServerResponse) => void;

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

export function answerJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
}

export function answerHtml(response: ServerResponse, status: number, title: string, body: string): void {
  const style = "body{font:1.1rem/1.5 system-ui;max-width:32rem;margin:2rem auto;padding:0 1rem}label{display:block;margin:.75rem 0}button,input,select{font:inherit;padding:.5rem}td,th{text-align:left;padding:.25rem .5rem;vertical-align:top}";
  response.writeHead(status, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" })
    .end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${style}</style><main><h1>${escape(title)}</h1>${body}</main></html>`);
}

export function redirect(response: ServerResponse, to: string): void {
  response.writeHead(303, { Location: to }).end();
}

export function crash(response: ServerResponse, error: unknown): void {
  console.error("vendor stand-in:", error);
  if (!response.headersSent) answerJson(response, 500, { error: { type: "api_error", message: String(error) } });
}

export const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
