import * as pages from "#build/parts/family/server/index.js";
import { ACCOUNT_PATHS, SCHOOL_API_PATHS, SCHOOL_PATHS } from "#build/parts/paths.js";
import { pagesOf } from "../pages.ts";
import { routerOf } from "../router.ts";

type Neighbours = { SCHOOL_API: Fetcher; API: Fetcher; LIVE: Fetcher; ACCOUNT: Fetcher; SCHOOL: Fetcher };

/** What is passed on, and to whom. */
const neighbours: [keyof Neighbours, RegExp][] = [
  ["SCHOOL_API", SCHOOL_API_PATHS], ["SCHOOL_API", /^\/calendar(?:\/|$)/], ["API", /^\/(?:api|hooks)(?:\/|$)/], ["LIVE", /^\/live$/], ["ACCOUNT", ACCOUNT_PATHS], ["SCHOOL", SCHOOL_PATHS],
];

const router = routerOf({ pages: pagesOf(pages) });

/** The front door: everybody's own pages. What another part owns goes there untouched. */
export default {
  fetch(request, env, execution) {
    const { pathname } = new URL(request.url);
    const neighbour = neighbours.find(([, paths]) => paths.test(pathname))?.[0];
    return neighbour ? env[neighbour].fetch(request) : router.fetch(request, env, execution);
  },
} satisfies ExportedHandler<Neighbours>;
