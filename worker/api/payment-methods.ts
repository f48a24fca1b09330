import type { Endpoint } from "./endpoint.ts";

export const paymentMethods: Endpoint[] = [];
