import { apiOf } from "./doors.ts";
import type { Endpoint } from "./endpoint.ts";
import { ofFamilies } from "./of-families.ts";
import { ofSchools } from "./of-schools.ts";

/** Every door of the API. */
export const endpoints: Endpoint[] = [...ofFamilies, ...ofSchools];

export const api = apiOf(endpoints);
