import type { Endpoint } from "./endpoint.ts";

export const plans: Endpoint[] = [];
