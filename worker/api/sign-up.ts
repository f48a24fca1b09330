import type { Endpoint } from "./endpoint.ts";

export const signUp: Endpoint[] = [];
