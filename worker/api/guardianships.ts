import type { Endpoint } from "./endpoint.ts";

export const guardianships: Endpoint[] = [];
