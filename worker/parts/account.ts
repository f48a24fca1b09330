import * as pages from "#build/parts/account/server/index.js";
import { pagesOf } from "../pages.ts";
import { routerOf } from "../router.ts";

/** The pages of getting in and of one's own account: what nobody opens every day. */
export default routerOf({ pages: pagesOf(pages) });
