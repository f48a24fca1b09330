import "@remix-run/cloudflare";
import type { AppContext } from "#app/context.ts";

declare module "@remix-run/cloudflare" {
  interface AppLoadContext extends AppContext {}
  interface Future {
    v3_singleFetch: true;
  }
}
