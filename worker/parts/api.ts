import { apiOf } from "../api/doors.ts";
import { ofFamilies } from "../api/of-families.ts";
import { hooks } from "../hooks/index.ts";
import { routerOf } from "../router.ts";

/** What programs ask: ours, other people's, vendors'. */
export default routerOf({ hooks, api: apiOf(ofFamilies) });
