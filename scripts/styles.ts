import { writeFileSync } from "node:fs";
import { build } from "esbuild";
import type { Rule } from "#build/styles.js";

/** What stands in every page, or is made there by a script. */
const ALWAYS_THERE = new Set(["html", "head", "body", "main", "progress", ".own", ".day", ".badge"]);

/** The stylesheet cut into its rules, each with what it is about: app/http/page-style.ts gives a page those it has a use for. */
export async function buildStyles(): Promise<void> {
  const { outputFiles } = await build({ entryPoints: ["app/styles/main.css"], bundle: true, minify: true, write: false, target: ["chrome111", "safari16.4", "firefox113"] });
  writeFileSync("build/styles.js", `export const RULES = ${JSON.stringify(merge(rulesOf(outputFiles[0]!.text.trim())))};\n`);
}

/** A rule within another stands between the two ends of the outer one, which is needed where anything in it is. */
export function rulesOf(css: string): Rule[] {
  return statements(css).flatMap((statement): Rule[] => {
    const [, before, inside] = /^([^{]*)\{(.*)\}$/s.exec(statement) ?? [];
    if (before === undefined) return [[statement]];
    if (!before.startsWith("@")) return [[statement, aboutOf(before)]];
    if (!/^@(layer|media|supports)/.test(before)) return [[statement]];
    const inner = rulesOf(inside!);
    const about = inner.every(([, names]) => names) ? [...new Set(inner.flatMap(([, names]) => names!))] : undefined;
    return [[`${before}{`, about], ...inner, ["}", about]];
  });
}

/** What ends with a semicolon or a brace. */
const statements = (css: string) => cut(css, /(?<=[;}])/);

const split = (list: string) => cut(list, /(?<=,)/).map((one) => one.replace(/,$/, ""));

/** At those ends that stand outside of all brackets. */
function cut(text: string, end: RegExp): string[] {
  const found: string[] = [];
  let depth = 0;
  for (const part of text.split(end)) {
    if (depth > 0) found.push(found.pop()! + part);
    else found.push(part);
    depth += part.split(/[({[]/).length - part.split(/[)}\]]/).length;
  }
  return found;
}

/** Elements and classes that a page must have for a selector to find anything: `.card h2`, once for each way. Undefined where every page has them. */
function aboutOf(selectors: string): string[] | undefined {
  const ways = split(selectors).flatMap(expand).map((selector) => selector.replace(/\[[^\]]*\]|::?[\w-]+/g, " ").match(/\.?[a-z][\w-]*/gi) ?? []);
  const about = ways.map((names) => names.filter((name) => !ALWAYS_THERE.has(name)).join(" "));
  return about.includes("") ? undefined : [...new Set(about)];
}

/** The same without `:is(…)`, one selector for each choice in it, and without what only narrows: `:not(…)`, `:has(…)`. */
function expand(selector: string): string[] {
  const [head = "", word] = selector.split(/:(is|not|has)(?=\()/);
  if (!word) return [selector];
  const rest = selector.slice(head.length + word.length + 1);
  const [inside = ""] = cut(rest, /(?<=\))/);
  return (word === "is" ? split(inside.slice(1, -1)) : [""]).flatMap((choice) => expand(head + choice + rest.slice(inside.length)));
}

/** Neighbours about the same are one. */
function merge(rules: Rule[]): Rule[] {
  const merged: Rule[] = [];
  for (const [css, about] of rules) {
    const last = merged.at(-1);
    if (last && String(last[1]) === String(about)) last[0] += css;
    else merged.push(about ? [css, about] : [css]);
  }
  return merged;
}
