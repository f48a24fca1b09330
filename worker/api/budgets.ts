import type { Endpoint } from "./endpoint.ts";

export const budgets: Endpoint[] = [];
