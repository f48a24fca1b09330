import { loadFamilyBook, type FamilyBook } from "../family-file/family-book.server.ts";
import { FamilyChanges } from "../family-file/family-changes.server.ts";
import { Traits } from "../family-file/likeness.ts";
import { readFamilies, type FamilyRow, type NamedFamily } from "../family-file/read-families.ts";
import { settleFamily } from "../family-file/settle-family.server.ts";
import { Changes } from "../roster/changes.server.ts";
import { nameKey, RowProblem } from "../roster/people.ts";
import { findTaken, loadRoster, type Roster } from "../roster/roster.server.ts";
import { hashToken } from "../../identity/sessions.ts";
import { importer } from "./importer.server.ts";
import { judged } from "./people.server.ts";

/** Families kept by names: one a row, brought in whole or refused whole. */
export const families = importer<FamilyRow, { roster?: Roster; book?: FamilyBook; traits?: Traits }>({
  read: readFamilies,
  remember: () => ({}),
  plan: async (ctx, importing, rows, memory) => {
    const roster = (memory.roster ??= await loadRoster(ctx, importing.schoolId));
    const book = (memory.book ??= await loadFamilyBook(ctx, importing.schoolId, roster));
    const traits = (memory.traits ??= new Traits(roster.people.byId.values()));
    const people = rows.flatMap(({ family }) => [...(family?.parents ?? []), ...(family?.students ?? [])]);
    const taken = await findTaken(ctx, roster, people.map(({ email, username }) => ({ email: email?.toLowerCase(), username: username?.toLowerCase() })));
    const school = { roster, taken, changes: new Changes(), ids: ctx.ids, starterId: importing.startedBy };
    const changes = new FamilyChanges();
    const seen = await Promise.all(rows.map(async ({ family }) => (family ? wordsOf(family) : "")));
    const results = rows.map((row, at) => judged(row, row.family?.name ?? "", () => {
      if (!row.family) throw new RowProblem("family_unreadable");
      return settleFamily({ school, book, traits, changes }, row.family, seen[at]!);
    }));
    const persons = await school.changes.writes(ctx, importing, roster.timeZone);
    const homes = changes.writes(ctx, importing, { currency: book.currency, timeZone: roster.timeZone });
    return { results, writes: [...persons.writes, ...homes], jobIds: persons.jobIds };
  },
});

/** All that the row says, in one short word: capitals, spaces and the order of its people aside. */
async function wordsOf({ key = "", name = "", status = "", programmes, parents, students }: NamedFamily): Promise<string> {
  const said = (people: object[]) => people.map((person) => Object.entries(person).sort().map(([field, value]) => `${field}=${nameKey(String(value))}`).join(";")).sort();
  return `row:${await hashToken(JSON.stringify([key, nameKey(name), status.toLowerCase(), [...programmes].sort(), said(parents), said(students)]))}`;
}
