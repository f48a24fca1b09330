import { expect, test } from "vitest";
import { edges, type Edge } from "./sources.ts";

const said = (wrong: Edge[]) => wrong.map((edge) => `${edge.from} -> ${edge.to}`);
const wrongly = (from: RegExp, to: RegExp, but: (edge: Edge) => boolean = () => false) => said(edges.filter((edge) => from.test(edge.from) && to.test(edge.to) && !but(edge)));
const onlyType = (edge: Edge) => edge.typeOnly;

test("the one arrow: worker -> app -> db; what points back is types, gone at run time", () => {
  expect(wrongly(/^db\//, /^(worker|app|build)\//, onlyType)).toEqual([]);
  expect(wrongly(/^app\//, /^worker\//)).toEqual([]);
  expect(wrongly(/^(worker|app|db)\//, /^(tests|scripts)\//)).toEqual([]);
  expect(wrongly(/^app\//, /^build\//, (edge) => ["app/root.tsx", "app/http/page-style.ts"].includes(edge.from))).toEqual([]);
});

test("only *.server.ts sees the database", () => {
  expect(wrongly(/^app\/(?!.*\.server\.ts$)/, /^(db\/|npm:drizzle-orm)/, (edge) => edge.typeOnly && edge.from === "app/context.ts")).toEqual([]);
  expect(wrongly(/^worker\/(api|hooks|http)\//, /^(db\/|npm:drizzle-orm)/, onlyType)).toEqual([]);
});

test("SQL is written in db: the domain calls functions that take their scope", () => {
  expect(wrongly(/^app\//, /^(db\/schema\/|npm:drizzle-orm)/, onlyType)).toEqual([]);
  expect(wrongly(/^worker\//, /^(db\/schema\/|npm:drizzle-orm)/)).toEqual([]);
});

test("inside app: routes -> components, http, domain", () => {
  expect(wrongly(/^app\/(domain|http|components|i18n|enhance)\//, /^app\/(routes\/|root|entry)/)).toEqual([]);
  expect(wrongly(/^app\/(domain|http|i18n)\//, /^app\/components\//)).toEqual([]);
  // Mails are said by the domain, in their reader's language; nothing else there has words.
  expect(wrongly(/^app\/domain\/(?!.*\/(words|mail-[a-z-]+)(\.server)?\.ts$)/, /^app\/(http|i18n|styles|enhance)\//)).toEqual([]);
  expect(wrongly(/^app\/routes\//, /^app\/routes\//)).toEqual([]);
});

test("components see types, rules and inputs of the domain, never what reads or writes", () => {
  expect(wrongly(/^app\/(components|i18n|enhance)\//, /\.server\.ts$/, onlyType)).toEqual([]);
});

test("what is safe in a browser stays so: a rule imports no server file", () => {
  expect(wrongly(/^app\/domain\/(?!.*\.server\.ts$)/, /\.server\.ts$/, (edge) => edge.typeOnly || edge.from === "app/domain/job-work.ts")).toEqual([]);
  expect(wrongly(/^app\/domain\/(?!.*\.server\.ts$)/, /^npm:node:/)).toEqual([]);
});

test("the domain knows no framework and no vendor", () => {
  expect(wrongly(/^(app\/domain|db)\//, /^npm:(@remix-run|react|hono|cloudflare:|stripe|@cloudflare)/)).toEqual([]);
});

test("routes and components leave domain, http and i18n to wrangler: #app/…, or they are bundled twice", async () => {
  const { readFileSync } = await import("node:fs");
  const files = [...new Set(edges.map((edge) => edge.from))].filter((file) => /^app\/(routes|components|root|enhance)/.test(file) && !file.startsWith("app/enhance"));
  expect(files.filter((file) => /from "\.\.?\/[^"]*(domain|http|i18n)\//.test(readFileSync(file, "utf8")))).toEqual([]);
});

test("no file needs itself, by whatever way round", () => {
  const needs = new Map<string, string[]>();
  for (const { from, to, typeOnly } of edges) if (!typeOnly && !to.startsWith("npm:")) needs.set(from, [...(needs.get(from) ?? []), to]);
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    if (done.has(file) || path.includes(file)) return;
    for (const next of needs.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of needs.keys()) walk(file, []);
  expect(cycles).toEqual([]);
});
