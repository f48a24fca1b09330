import { RULES } from "#build/styles.js";

/** Where a page says which elements and classes it has. */
const NAMES = /<([a-z]\w*)|\sclass="([^"]*)"/g;

const rules = RULES.map(([css, about]) => ({ css, ways: about?.map((way) => way.split(" ")) }));

/** The whole style, for a page that scripts will change. */
export const WHOLE_STYLE = rules.map(({ css }) => css).join("");

/** Of the style what this page has a use for. */
export function styleOf(html: string): string {
  const names = new Set<string>();
  for (const [, element, classes] of html.matchAll(NAMES)) {
    if (element) names.add(element);
    else for (const name of classes!.split(" ")) names.add(`.${name}`);
  }
  return rules.filter(({ ways }) => !ways || ways.some((way) => way.every((name) => names.has(name)))).map(({ css }) => css).join("");
}

/** How a Content-Security-Policy names it. */
export async function hashOf(style: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
