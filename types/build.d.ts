/** What `vite build` writes; see `vite.config.ts`. */
declare module "#build/server/index.js" {
  const build: import("@remix-run/cloudflare").ServerBuild;
  export const routes: typeof build.routes;
  export const assets: typeof build.assets;
  export const entry: typeof build.entry;
  export const future: typeof build.future;
  export const publicPath: string;
  export const assetsBuildDirectory: string;
  export const basename: string | undefined;
  export const isSpaMode: boolean;
  export const mode: string;
}
/** The same of a part of what is deployed; see `scripts/build-parts.ts`. */
declare module "#build/parts/*/server/index.js" {
  export * from "#build/server/index.js";
}
declare module "#build/parts/paths.js" {
  /** The paths of the pages in these parts, as app/routes.ts has them. */
  export const ACCOUNT_PATHS: RegExp;
  export const SCHOOL_PATHS: RegExp;
  export const SCHOOL_API_PATHS: RegExp;
}
