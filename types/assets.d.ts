/** Written by `scripts/build.ts`. */
declare module "#build/styles.js" {
  /** The stylesheet of every page, minified. */
  export const STYLE: string;
  /** Its `sha256-…` for the Content-Security-Policy. */
  export const STYLE_HASH: string;
  /** What pages with big figures have besides. */
  export const FIGURES: string;
  export const FIGURES_HASH: string;
}
declare module "#build/enhance.js" {
  /** Where the enhancement script is served, with its hash in the name. */
  export const ENHANCE_URL: string;
}
