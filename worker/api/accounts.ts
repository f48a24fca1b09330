import type { Endpoint } from "./endpoint.ts";

export const accounts: Endpoint[] = [];
