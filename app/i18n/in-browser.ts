import { identity } from "./en/identity.ts";
import { problems } from "./en/problems.ts";
import { shell } from "./en/shell.ts";
import { viewing } from "./en/viewing.ts";

/** Stands in for `en/index.ts` in the browser: what the frame of a page that is hydrated says. All the words together weigh half as much as React. */
export const en = { identity, problems, shell, viewing };
