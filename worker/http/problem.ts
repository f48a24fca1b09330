/** A problem document (RFC 9457) for what is refused before or outside the domain. */
export function problem(status: number, code: string, extra: Record<string, unknown> = {}): Response {
  const title = code.replace(/_/g, " ");
  return new Response(JSON.stringify({ type: "about:blank", title: title.charAt(0).toUpperCase() + title.slice(1), status, code, ...extra }), {
    status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" },
  });
}
