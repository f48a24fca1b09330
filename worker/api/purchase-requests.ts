import type { Endpoint } from "./endpoint.ts";

export const purchaseRequests: Endpoint[] = [];
