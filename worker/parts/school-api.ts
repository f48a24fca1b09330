import { calendar } from "../api/calendar.ts";
import { apiOf } from "../api/doors.ts";
import { ofSchools } from "../api/of-schools.ts";
import { routerOf } from "../router.ts";

/** What programs ask of a school. */
export default routerOf({ api: apiOf(ofSchools), calendar });
