import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, instant } from "./columns.ts";
import { users } from "./identity.ts";
import { schools } from "./schools.ts";

/** What another system calls a thing of ours, so that a second import finds it. */
export const sourcedIds = sqliteTable("sourced_ids", {
  schoolId: text("school_id").notNull().references(() => schools.id),
  kind: text({ enum: ["org", "user", "course", "class", "enrolment", "term", "family"] }).notNull(),
  sourcedId: text("sourced_id").notNull(),
  targetId: text("target_id").notNull(),
}, (t) => [primaryKey({ columns: [t.schoolId, t.kind, t.sourcedId] }), index("sourced_ids_by_target").on(t.targetId)]);

/** A file of people, enrolments or families on its way in. The file itself is among the files, the report in `import_rows`. */
export const imports = sqliteTable("imports", {
  id: text().primaryKey(),
  schoolId: text("school_id").notNull().references(() => schools.id),
  kind: text({ enum: ["people", "enrolments", "oneroster", "families"] }).notNull(),
  fileName: text("file_name").notNull(),
  /** Null: kept no longer. */
  fileKey: text("file_key"),
  dryRun: flag("dry_run").notNull(),
  status: text({ enum: ["waiting", "running", "done", "failed"] }).notNull(),
  /** Rows seen to so far: a run that died goes on from here. */
  handled: integer().notNull().default(0),
  total: integer().notNull(),
  /** Rows of the report by outcome, so that nobody counts fifty thousand to draw a page. */
  created: integer().notNull().default(0),
  changed: integer().notNull().default(0),
  already: integer().notNull().default(0),
  refused: integer().notNull().default(0),
  /** Why a failed one failed: a key of the catalogue's `problems`. */
  failure: text(),
  startedBy: text("started_by").notNull().references(() => users.id),
  createdAt: instant("created_at").notNull(),
  finishedAt: instant("finished_at"),
}, (t) => [index("imports_by_school").on(t.schoolId, t.id), index("imports_with_file").on(t.createdAt).where(sql`file_key IS NOT NULL`)]);

export const importRows = sqliteTable("import_rows", {
  importId: text("import_id").notNull().references(() => imports.id),
  /** The file's part (`users`, `enrollments` …; empty for a single file) and line, the header being 1. */
  part: text().notNull().default(""),
  line: integer().notNull(),
  outcome: text({ enum: ["created", "changed", "already", "refused"] }).notNull(),
  /** Key of the catalogue's `problems`. */
  problem: text(),
  /** What the row is about, in short. */
  about: text().notNull(),
}, (t) => [primaryKey({ columns: [t.importId, t.part, t.line] }), index("import_rows_refused").on(t.importId, t.part, t.line).where(sql`outcome = 'refused'`)]);
