import type { Endpoint } from "./endpoint.ts";

export const ledger: Endpoint[] = [];
