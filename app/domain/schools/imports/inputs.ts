import * as z from "zod";

export const IMPORT_KINDS = ["people", "enrolments", "oneroster", "families"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const LARGEST_FILE = 5 * 1024 * 1024;
export const MOST_ROWS = 50_000;

/** What is done with an uploaded file. A dry run shows it and writes nothing but the report. */
export const ImportInput = z.object({
  kind: z.enum(IMPORT_KINDS, "import_kind_missing"),
  dryRun: z.union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")]).default(true),
}).meta({ id: "StartImport" });
export type ImportInput = z.infer<typeof ImportInput>;

export type Upload = { name: string; bytes: Uint8Array<ArrayBuffer> };
