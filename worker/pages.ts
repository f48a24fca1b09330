import { createRequestHandler, type ServerBuild } from "@remix-run/cloudflare";
import { Hono } from "hono/tiny";
import type { KinboardHono } from "./http/types.ts";

type Handler = ReturnType<typeof createRequestHandler>;

/**
 * Remix 2 ranks its whole route table on every request. So each leaf gets a handler of its own that holds only its branch of the
 * table, chosen by Hono's one regular expression; the handler with the whole table serves the rest (data requests of hydrated
 * pages, and what is not found). With 84 routes this took a page from 2.2 to 1.5 times the bare one.
 */
export function pagesOf(bare: ServerBuild): Hono<KinboardHono> {
  const build = framed(bare);
  const pages = new Hono<KinboardHono>();
  for (const id of leavesOf(build).filter((leaf) => !pathOf(build, leaf).includes("*"))) {
    let handler: Handler | undefined;
    pages.all(pathOf(build, id), (c) => (handler ??= createRequestHandler(branchOf(build, id), build.mode))(c.req.raw, c.get("ctx")));
  }
  let whole: Handler | undefined;
  pages.all("*", (c) => (whole ??= createRequestHandler(build, build.mode))(c.req.raw, c.get("ctx")));
  return pages;
}

/**
 * Each page draws its own errors with the root's boundary. Drawn by the root itself, the root's loader would not run after a refused
 * act, and the page would lack its navigation and the reader's language.
 */
function framed(bare: ServerBuild): ServerBuild {
  const { ErrorBoundary } = bare.routes.root!.module;
  const entries = Object.entries(bare.routes).map(([id, route]) => [id, route && id !== "root" ? { ...route, module: { ErrorBoundary, ...route.module } } : route] as const);
  return { ...bare, routes: Object.fromEntries(entries) };
}

function leavesOf(build: ServerBuild): string[] {
  const parents = new Set(Object.values(build.routes).map((route) => route?.parentId));
  return Object.keys(build.routes).filter((id) => !parents.has(id));
}

/** The route and those round it, outermost first. */
function branchIds(build: ServerBuild, id: string): string[] {
  const parent = build.routes[id]?.parentId;
  return parent ? [...branchIds(build, parent), id] : [id];
}

function pathOf(build: ServerBuild, id: string): string {
  return `/${branchIds(build, id).map((part) => build.routes[part]?.path).filter(Boolean).join("/")}`;
}

function branchOf(build: ServerBuild, id: string): ServerBuild {
  const ids = new Set(branchIds(build, id));
  const only = <T>(table: Record<string, T>) => Object.fromEntries(Object.entries(table).filter(([key]) => ids.has(key)));
  return { ...build, routes: only(build.routes) as ServerBuild["routes"], assets: { ...build.assets, routes: only(build.assets.routes) } };
}
