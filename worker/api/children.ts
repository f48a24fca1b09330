import type { Endpoint } from "./endpoint.ts";

export const children: Endpoint[] = [];
