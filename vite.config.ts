import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig, type Plugin } from "vite";

/** Of the parts that are built (app/routes.ts), the first gives its name to the folder. */
const part = process.env.KINBOARD_PARTS?.split(",")[0];

/**
 * The server build leaves every import but the routes and components as it is: wrangler bundles them once, so that
 * the Worker's API and Remix share one copy (and one identity) of the domain, of `db` and of each library.
 */
const leftToWrangler = (id: string) => /^#(app\/(context|domain|http|i18n)|build|db|worker)\b/.test(id) || /^(@?[a-z])/.test(id) && !id.startsWith("virtual:");

/** Of each route's chunks Remix keeps a list, to preload them: 5 KB gzip that no page needs, because none but a development page hydrates. */
const noPreloading: Plugin = {
  name: "no-preloading",
  transform: (code, id) => (id.includes("server-manifest") ? code.replace(/(['"]?imports['"]?:\s*)\[[^\]]*\]/g, "$1[]") : null),
};

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [
    remix({
      buildDirectory: part ? `build/parts/${part}` : "build",
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
    ...(isSsrBuild ? [noPreloading] : []),
  ],
  build: {
    target: "es2022",
    sourcemap: false,
    reportCompressedSize: false,
    ...(isSsrBuild ? { rollupOptions: { external: leftToWrangler } } : {}),
  },
  // In the browser the script is on the page already: hydration leaves it as it is.
  resolve: { alias: isSsrBuild ? [] : [{ find: /^#build\/enhance\.js$/, replacement: "/app/styles/in-browser.ts" }, { find: /^\.\/en\/index\.ts$/, replacement: "/app/i18n/in-browser.ts" }] },
  ssr: { target: "webworker", resolve: { conditions: ["workerd", "worker", "browser"] } },
}));
