import type { Endpoint } from "./endpoint.ts";

export const families: Endpoint[] = [];
