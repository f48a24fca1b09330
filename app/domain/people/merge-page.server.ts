import { selectMergesInto } from "#db/merges.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { authorize } from "../policy.ts";
import { ListPeopleInput } from "./inputs.ts";
import { planList } from "./list-people.server.ts";
import { previewMerge } from "./merge-people.server.ts";
import { selectPerson } from "#db/people.ts";
import { checkPerson } from "./require-person.server.ts";

/** Whom to merge into this person: found by search, or chosen, with what it would do; and what was merged before and can be undone. */
export async function loadMergePage(ctx: AppContext, actor: Actor, schoolId: string, personId: string, asked: { q?: string | undefined; with?: string | undefined }) {
  if (asked.with) return { ...(await previewMerge(ctx, actor, { schoolId, keptId: personId, goneId: asked.with })), chosen: true as const };
  authorize(actor, "school:administer", schoolId);
  const kinds = (["student", "guardian", "staff"] as const).map((role) => planList(ctx, actor, schoolId, ListPeopleInput.parse({ role, q: asked.q ?? "", limit: 10 })));
  const [found, merged, ...lists] = await ctx.db.batch([selectPerson(ctx.db, schoolId, personId), selectMergesInto(ctx.db, schoolId, personId, ctx.clock.now()), ...kinds.map((list) => list.select)] as const);
  const person = checkPerson(actor, personId, found[0]);
  if (person.status !== "active") throw notFound();
  // A child is no adult's double, so students are offered for students alone.
  const rows = lists.flatMap((list, at) => ((person.kind === "child") === (at === 0) ? kinds[at]!.page(list).items : []));
  const candidates = asked.q ? [...new Map(rows.filter((row) => row.userId !== personId).map((row) => [row.userId, { id: row.userId, name: row.name, signIn: row.email ?? row.username, level: row.level }])).values()] : null;
  return { chosen: false as const, person: { id: person.userId, name: person.name }, merged, candidates };
}
