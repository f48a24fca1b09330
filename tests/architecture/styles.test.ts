import { expect, test } from "vitest";
import { rulesOf } from "#scripts/styles.ts";

test("Q-1: a rule says what must stand in a page before it matters, one group for each way of its selector", () => {
  expect(rulesOf(".card>h2 a:hover,dt::before{color:red}")).toEqual([[".card>h2 a:hover,dt::before{color:red}", [".card h2 a", "dt"]]]);
  const about = (selector: string) => rulesOf(`${selector}{color:red}`)[0]![1];
  expect(about("main :is(p,li:not(.on,.off))>a:not(.button)")).toEqual(["p a", "li a"]);
  expect(about(":is(a:not(b),:is(c,d)):first-child .e")).toEqual(["a .e", "c .e", "d .e"]);
  expect(about(".register fieldset:not(:has([value=late]:checked)) .late")).toEqual([".register fieldset .late"]);
});

test("Q-1: what any page may have goes to every page", () => {
  const about = (selector: string) => rulesOf(`${selector}{color:red}`)[0]![1];
  for (const selector of ["*", ":root", "body", "[data-tone=done]>:before", ".card,:focus-visible", "main>:not(.wide)", "progress"]) expect(about(selector), selector).toBeUndefined();
  for (const rule of ["@page{size:A4}", "@layer a,b;", "@media(prefers-reduced-motion:no-preference){@view-transition{navigation:auto}}"]) expect(rulesOf(rule).every(([, names]) => names === undefined), rule).toBe(true);
});

test("Q-1: what stands round rules goes where any of them does, and together they are the stylesheet", () => {
  const css = "@media(min-width:40rem){.a{top:0}.b{content:\"x\"}}@layer c{.a{top:0}p{top:1px}body{top:2px}}";
  expect(rulesOf(css)).toEqual([
    ["@media(min-width:40rem){", [".a", ".b"]], [".a{top:0}", [".a"]], [".b{content:\"x\"}", [".b"]], ["}", [".a", ".b"]],
    ["@layer c{", undefined], [".a{top:0}", [".a"]], ["p{top:1px}", ["p"]], ["body{top:2px}", undefined], ["}", undefined],
  ]);
  expect(rulesOf(css).map(([rule]) => rule).join("")).toBe(css);
});
