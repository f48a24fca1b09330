import type { Endpoint } from "./endpoint.ts";

export const passkeys: Endpoint[] = [];
