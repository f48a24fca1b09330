/** Written by `scripts/build.ts`. */
declare module "#build/styles.js" {
  /** Minified CSS, and the elements and classes that a page must have for it to matter: any of these groups, or none are needed. */
  export type Rule = [css: string, about?: string[]];
  /** The stylesheet in its order. */
  export const RULES: Rule[];
}
declare module "#build/enhance.js" {
  /** Where the enhancement script is served, with its hash in the name. */
  export const ENHANCE_URL: string;
}
