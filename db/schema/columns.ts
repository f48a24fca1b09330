import { integer, text } from "drizzle-orm/sqlite-core";

/** An instant, in milliseconds since 1970 UTC. */
export const instant = (name: string) => integer(name, { mode: "number" });
/** An amount in minor units of the row's currency. */
export const minor = (name: string) => integer(name, { mode: "number" });
export const flag = (name: string) => integer(name, { mode: "boolean" });
export const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();

/** Rubric level as points: BE2 = 1 … EE1 = 8. */
export const level = (name: string) => integer(name);
