import { createRequestHandler, type ServerBuild } from "@remix-run/cloudflare";
import type { Hono } from "hono";
import * as serverBuild from "#build/server/index.js";
import type { KinboardHono } from "./http/types.ts";

const build = framed(serverBuild as unknown as ServerBuild);
type Handler = ReturnType<typeof createRequestHandler>;

/**
 * Remix 2 ranks its whole route table on every request. So each leaf gets a handler of its own that holds only its branch of the
 * table, chosen by Hono's one regular expression; the handler with the whole table serves the rest (data requests of hydrated
 * pages, and what is not found). With 84 routes this took a page from 2.2 to 1.5 times the bare one.
 */
export function mountPages(router: Hono<KinboardHono>): void {
  for (const id of leaves().filter((leaf) => !pathOf(leaf).includes("*"))) {
    let handler: Handler | undefined;
    router.all(pathOf(id), (c) => (handler ??= createRequestHandler(branchOf(id), serverBuild.mode))(c.req.raw, c.get("ctx")));
  }
  let whole: Handler | undefined;
  router.all("*", (c) => (whole ??= createRequestHandler(build, serverBuild.mode))(c.req.raw, c.get("ctx")));
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

function leaves(): string[] {
  const parents = new Set(Object.values(build.routes).map((route) => route?.parentId));
  return Object.keys(build.routes).filter((id) => !parents.has(id));
}

/** The route and those round it, outermost first. */
function branchIds(id: string): string[] {
  const parent = build.routes[id]?.parentId;
  return parent ? [...branchIds(parent), id] : [id];
}

function pathOf(id: string): string {
  return `/${branchIds(id).map((part) => build.routes[part]?.path).filter(Boolean).join("/")}`;
}

function branchOf(id: string): ServerBuild {
  const ids = new Set(branchIds(id));
  const only = <T>(table: Record<string, T>) => Object.fromEntries(Object.entries(table).filter(([key]) => ids.has(key)));
  return { ...build, routes: only(build.routes) as ServerBuild["routes"], assets: { ...build.assets, routes: only(build.assets.routes) } };
}
