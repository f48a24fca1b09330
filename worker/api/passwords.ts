import type { Endpoint } from "./endpoint.ts";

export const passwords: Endpoint[] = [];
