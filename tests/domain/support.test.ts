import { expect, test } from "vitest";
import { nearness } from "#app/domain/support/near.ts";
import { allArticles, searchArticles } from "#app/domain/support/search-articles.ts";
import routes from "#app/routes.ts";

const first = (q: string) => searchArticles(q)[0]?.slug;

test("SUP-1: a word is found whole, by its beginning, and with a slip where it is long enough", () => {
  expect(["limit", "lim", "limti", "lmit", "limiit", "limot"].map((asked) => nearness(asked, "limit"))).toEqual([3, 2, 1, 1, 1, 1]);
  expect(nearness("notifcatoin", "notifications")).toBe(1);
  // A short word, a wrong beginning, or too many slips are another word.
  expect([nearness("pim", "pin"), nearness("kimit", "limit"), nearness("limmot", "limit")]).toEqual([0, 0, 0]);
});

test.each([
  ["how do I approve", "approving-purchases"], ["aproove purchase", "approving-purchases"], ["budget", "limits-and-rules"], ["refund", "paying"], ["invte grandmother", "inviting-a-guardian"], ["PIN", "a-childs-pin"],
  ["two-step sign in", "two-step-sign-in"], ["google calender", "calendar-feed"], ["homework", "assignments"], ["quiet hours", "notifications"], ["export", "taking-data-along"], ["who looked", "who-sees-what"], ["forgot password", "lost-access"],
])("SUP-1: “%s” leads to %s", (q, slug) => {
  expect(first(q)).toBe(slug);
});

test("SUP-1: nothing asked shows everything, nonsense nothing, and more words find no more", () => {
  expect(searchArticles("  ")).toEqual(allArticles());
  expect(searchArticles("how do I")).toEqual(allArticles());
  expect(searchArticles("zzzzqqq")).toEqual([]);
  expect(searchArticles("calendar").length).toBeGreaterThanOrEqual(searchArticles("calendar google").length);
});

test("SUP-1: each article has a name of its own, and leads to pages that exist", () => {
  const slugs = allArticles().map(({ slug }) => slug);
  expect(slugs.length).toBeGreaterThanOrEqual(15);
  expect(new Set(slugs).size).toBe(slugs.length);
  const paths = new Set(routes.map(({ path }) => `/${path ?? ""}`));
  expect(allArticles().flatMap(({ links }) => links.map(({ href }) => href)).filter((href) => !paths.has(href))).toEqual([]);
});
