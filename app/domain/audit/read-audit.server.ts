import { selectAudit, selectAuditors, selectNameAt, type AuditFilter, type AuditRow } from "#db/audit.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DAY, startOfDay } from "../clock.ts";
import { byId, pageOf, type Page, type Paging } from "../paging.ts";
import { authorize } from "../policy.ts";
import type { AuditFilterInput } from "./inputs.ts";

/**
 * An entry as its school may see it: who, whom, what, and the names of the school's own things. Why a family decided and at which limits is
 * not the school's to read, so details are told by name, never as they are.
 */
export type AuditEntry = { id: string; at: number; action: string; actorId: string | null; actorName: string | null; /** Nobody: the system itself. */ bySystem: boolean; personId: string | null; personName: string | null; subjectId: string; what: string | null };

/** The detail that names the thing, where the thing is the school's. */
const NAMING: Record<string, string> = { "plan.created": "name", "purchase.asked": "plan", "school.role_added": "role", "school.role_removed": "role", "import.started": "kind", "import.done": "kind", "subject.created": "name", "class.created": "name" };

type AuditPage = Page<AuditEntry>;

/** The statement of a page of the log, newest first, and what its rows come to; for the caller's batch. */
export function planAudit(ctx: AppContext, actor: Actor, schoolId: string, asked: AuditFilterInput, { cursor, limit }: Paging) {
  authorize(actor, "school:administer", schoolId);
  return {
    select: selectAudit(ctx.db, schoolId, filterOf(asked, actor.timeZone), { cursor, limit: limit + 1, without: actor.restrictedFrom }),
    page: (rows: AuditRow[]): AuditPage => {
      const { items, nextCursor } = pageOf(rows, limit, byId);
      return { items: items.map(entryOf), nextCursor };
    },
  };
}

/** The log of a school. */
export async function listAudit(ctx: AppContext, actor: Actor, schoolId: string, asked: AuditFilterInput, wanted: Paging): Promise<AuditPage> {
  const list = planAudit(ctx, actor, schoolId, asked, wanted);
  return list.page(await list.select);
}

/** The same with what its page lets choose from. */
export async function loadAuditPage(ctx: AppContext, actor: Actor, schoolId: string, asked: AuditFilterInput, wanted: Paging) {
  const list = planAudit(ctx, actor, schoolId, asked, wanted);
  const [rows, actors, [person]] = await ctx.db.batch([list.select, selectAuditors(ctx.db, schoolId), selectNameAt(ctx.db, schoolId, asked.person ?? "")]);
  return { ...list.page(rows), actors, person: person ?? null };
}

function entryOf({ id, at, action, actorId, actorName, subjectId, childId, personName, details }: AuditRow): AuditEntry {
  const what = NAMING[action] && details[NAMING[action]];
  // Whoever is not of the school has neither name nor id here.
  return { id, at, action, actorId: actorName === null ? null : actorId, actorName, bySystem: actorId === null, personId: personName === null ? null : childId ?? subjectId, personName, subjectId, what: typeof what === "string" ? what : null };
}

function filterOf({ actor, person, action, from, to }: AuditFilterInput, timeZone: string): AuditFilter {
  return { actorId: actor, personId: person, action, from: from === undefined ? undefined : startOfDay(from, timeZone), to: to === undefined ? undefined : startOfDay(to, timeZone) + DAY };
}
