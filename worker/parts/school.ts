import * as pages from "#build/parts/school/server/index.js";
import { pagesOf } from "../pages.ts";
import { routerOf } from "../router.ts";

/** The pages of those who run a school or teach there. */
export default routerOf({ pages: pagesOf(pages) });
