import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { writeCsv } from "../csv.ts";
import type { AuditFilterInput } from "./inputs.ts";
import { listAudit, planAudit, type AuditEntry } from "./read-audit.server.ts";

const PAGE = 500;

/** The log as CSV, page by page, however long it is. That somebody took it along is itself an entry. */
export async function writeAudit(ctx: AppContext, actor: Actor, schoolId: string, asked: AuditFilterInput, say: (entry: AuditEntry) => string): Promise<AsyncGenerator<string>> {
  const list = planAudit(ctx, actor, schoolId, asked, { limit: PAGE });
  const taken = record(ctx, actor, { action: "audit.exported", subjectId: schoolId, schoolId, details: { ...asked } });
  const [rows] = await ctx.db.batch([list.select, taken]);
  const first = list.page(rows);
  return (async function* () {
    yield writeCsv([["time", "action", "sentence", "actorId", "actor", "personId", "person", "subjectId", "entry"]]);
    for (let page = first; ; page = await listAudit(ctx, actor, schoolId, asked, { limit: PAGE, cursor: page.nextCursor })) {
      yield writeCsv(page.items.map((entry) => [new Date(entry.at).toISOString(), entry.action, say(entry), entry.actorId, entry.actorName, entry.personId, entry.personName, entry.subjectId, entry.id]));
      if (page.nextCursor === null) return;
    }
  })();
}
