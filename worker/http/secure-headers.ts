import { createMiddleware } from "hono/factory";
import { parseEnv } from "../env.ts";
import type { KinboardHono } from "./types.ts";

/** Headers for every answer. Styles are inlined and named by hash; scripts come from us, or carry the request's nonce. */
export const secureHeaders = createMiddleware<KinboardHono>(async (c, next) => {
  await next();
  const env = parseEnv(c.env);
  const { headers } = c.res;
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  if (env.ORIGIN.startsWith("https:")) headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload");
  const html = headers.get("Content-Type")?.startsWith("text/html");
  if (html) headers.append("Vary", "Save-Data");
  const [nonce, style] = ["X-Script-Nonce", "X-Style-Hash"].map((name) => headers.get(name));
  for (const name of ["X-Script-Nonce", "X-Style-Hash"]) headers.delete(name);
  headers.set("Content-Security-Policy", html
    ? `default-src 'none'; script-src 'self'${nonce ? ` 'nonce-${nonce}'` : ""}; style-src ${style ? `'${style}'` : "'none'"}; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self' ${env.STRIPE_CHECKOUT_URL}; base-uri 'none'; frame-ancestors 'none'`
    : "default-src 'none'; frame-ancestors 'none'; sandbox");
  // What a person sees is theirs alone.
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
});
