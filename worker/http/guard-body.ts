import { bodyLimit } from "hono/body-limit";
import { problem } from "./problem.ts";

export const LARGEST_BODY = 1024 * 1024;

export const guardBody = bodyLimit({ maxSize: LARGEST_BODY, onError: () => problem(413, "too_large", { detail: "At most 1 MB can be sent." }) });
