import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, instant } from "./columns.ts";
import { users } from "./identity.ts";
import { schools } from "./schools.ts";

/** A service of others that a school is told by. */
export const integrations = sqliteTable("integrations", {
  schoolId: text("school_id").notNull().references(() => schools.id),
  kind: text({ enum: ["pachca"] }).notNull(),
  /** Sealed with the server's key. */
  sealedToken: text("sealed_token").notNull(),
  channelId: integer("channel_id").notNull(),
  active: flag("active").notNull().default(true),
  /** The channel takes no more than so many in a second: the next is not sent before. */
  nextAt: instant("next_at").notNull().default(0),
  /** What the service said to the last that it did not take. */
  problem: text(),
  changedBy: text("changed_by").notNull().references(() => users.id),
  updatedAt: instant("updated_at").notNull(),
}, (t) => [primaryKey({ columns: [t.schoolId, t.kind] })]);
