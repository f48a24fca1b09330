import { api, calendar } from "../api/index.ts";
import { hooks } from "../hooks/index.ts";
import { routerOf } from "../router.ts";

/** What programs ask: ours, other people's, vendors'. */
export default routerOf({ hooks, api, calendar });
