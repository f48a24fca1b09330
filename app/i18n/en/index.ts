import { identity } from "./identity.ts";
import { problems } from "./problems.ts";
import { shell } from "./shell.ts";

export const en = { identity, problems, shell };
