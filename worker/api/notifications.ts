import type { Endpoint } from "./endpoint.ts";

export const notifications: Endpoint[] = [];
