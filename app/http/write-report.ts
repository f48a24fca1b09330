import type { AppContext } from "../context.ts";
import { messagesFor, problems } from "../i18n/catalogue.ts";
import type { Actor } from "../domain/actor.ts";
import { writeCsv } from "../domain/csv.ts";
import { loadReport } from "../domain/schools/imports/read-imports.server.ts";

const PIECE = 5_000;

/** The report as CSV, piece by piece as the database gives its rows. Refuses before the first piece. */
export async function writeReport(ctx: AppContext, actor: Actor, importId: string): Promise<AsyncIterable<string>> {
  const say = problems(actor.locale);
  const { imports: m } = messagesFor(actor.locale);
  const piece = (cursor?: string) => loadReport(ctx, actor, importId, { limit: PIECE, cursor });
  const first = await piece();
  return (async function* () {
    yield writeCsv([[m.part, m.line, m.state, m.row, m.reason]]);
    for (let page = first; ; page = await piece(page.nextCursor!)) {
      yield writeCsv(page.items.map((row) => [row.part, row.line, m.outcomes[row.outcome], row.about, row.problem && say(row.problem)]));
      if (page.nextCursor === null) return;
    }
  })();
}
