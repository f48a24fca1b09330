import type { Endpoint } from "./endpoint.ts";

export const familyInvitations: Endpoint[] = [];
