/** Written by `scripts/build.ts`. */
declare module "#build/styles.js" {
  /** The whole stylesheet, minified. */
  export const STYLE: string;
  /** Its `sha256-…` for the Content-Security-Policy. */
  export const STYLE_HASH: string;
}
declare module "#build/enhance.js" {
  /** Where the enhancement script is served, with its hash in the name. */
  export const ENHANCE_URL: string;
}
