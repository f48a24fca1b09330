import type { Endpoint } from "./endpoint.ts";

export const sessions: Endpoint[] = [];
