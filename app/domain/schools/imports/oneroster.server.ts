import type { AppContext } from "../../../context.ts";
import { localDate } from "../../clock.ts";
import { Changes } from "../roster/changes.server.ts";
import { readOneRoster, type OneRosterRow } from "../oneroster/read-oneroster.ts";
import { settleRow, type OneRosterMemory } from "../oneroster/settle-rows.server.ts";
import { findTaken, loadRoster } from "../roster/roster.server.ts";
import { loadTeaching } from "../roster/teaching.server.ts";
import { importer } from "./importer.server.ts";
import { judged } from "./people.server.ts";

/** A whole roster as a OneRoster 1.1 or 1.2 zip. Known things are known by their `sourcedId`; what a file leaves out is left alone. */
export const oneRoster = importer<OneRosterRow, { known?: OneRosterMemory }>({
  read: readOneRoster,
  remember: () => ({}),
  plan: async (ctx, importing, rows, memory) => {
    const known = (memory.known ??= await remember(ctx, importing.schoolId));
    const changes = new Changes();
    const taken = await findTaken(ctx, known.roster, rows.flatMap(({ part, cells }) => (part === "users" ? [{ email: cells.email?.toLowerCase(), username: cells.username?.toLowerCase() }] : [])));
    const school = { roster: known.roster, taken, changes, ids: ctx.ids, starterId: importing.startedBy };
    const results = rows.map((row) => judged(row, aboutOf(row), () => settleRow(known, school, row)));
    const { writes, jobIds } = await changes.writes(ctx, importing, known.roster.timeZone);
    return { results, writes: [...writes, ...known.teaching.takeWrites(importing)], jobIds };
  },
});

async function remember(ctx: AppContext, schoolId: string): Promise<OneRosterMemory> {
  const [roster, teaching] = [await loadRoster(ctx, schoolId), await loadTeaching(ctx, schoolId)];
  return { roster, teaching, today: localDate(ctx.clock.now(), roster.timeZone).toString(), gathering: new Map() };
}

const aboutOf = ({ cells }: OneRosterRow) => [cells.givenName, cells.familyName, cells.title, cells.name].filter(Boolean).join(" ") || (cells.sourcedId ?? "");
