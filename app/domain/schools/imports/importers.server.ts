import { enrolments } from "./enrolments.server.ts";
import { families } from "./families.server.ts";
import type { Importer } from "./importer.server.ts";
import type { ImportKind } from "./inputs.ts";
import { oneRoster } from "./oneroster.server.ts";
import { people } from "./people.server.ts";

/** How each kind of file is read and planned. */
export const importers: Record<ImportKind, Importer> = { people, enrolments, oneroster: oneRoster, families };
