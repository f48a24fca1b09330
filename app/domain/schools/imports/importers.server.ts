import type { Importer } from "./importer.server.ts";
import type { ImportKind } from "./inputs.ts";
import { families } from "./families.server.ts";
import { people } from "./people.server.ts";

/** How each kind of file is read and planned. */
export const importers: Partial<Record<ImportKind, Importer>> = { people, families };
