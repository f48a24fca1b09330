import type { Endpoint } from "./endpoint.ts";

export const payments: Endpoint[] = [];
