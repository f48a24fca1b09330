import type { Page } from "playwright-core";
import { RULES } from "#build/styles.js";

const whole = RULES.map(([css]) => css).join("");

/** Rules of the stylesheet that find something in the page and were not sent with it. */
export function lostStyle(page: Page): Promise<string[]> {
  return page.evaluate((css) => {
    const rulesIn = (list: CSSRuleList): CSSStyleRule[] => [...list].flatMap((rule) => (rule instanceof CSSStyleRule ? [rule] : rulesIn((rule as CSSGroupingRule).cssRules ?? [])));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    const sent = new Set(rulesIn(document.styleSheets[0]!.cssRules).map((rule) => rule.cssText));
    const finds = (selector: string) => document.querySelector(selector.replace(/::?(before|after|hover|focus-visible)\b/g, ":is(*)")) !== null;
    return rulesIn(sheet.cssRules).filter((rule) => !sent.has(rule.cssText) && finds(rule.selectorText)).map((rule) => rule.selectorText);
  }, whole);
}
