import type { Endpoint } from "./endpoint.ts";

export const secondFactors: Endpoint[] = [];
