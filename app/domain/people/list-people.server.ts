import { selectPeople, type PeopleQuery, type PersonRow } from "#db/people.ts";
import type { AppContext } from "../../context.ts";
import type { Actor, Role } from "../actor.ts";
import { pageOf, type Page } from "../paging.ts";
import { authorize } from "../policy.ts";
import { kindOf, type Kind } from "../schools/roles.ts";
import type { ListPeopleInput } from "./inputs.ts";
import { searchTerms } from "./search.ts";

type PeoplePage = Page<PersonRow>;

/** The statement of a page of people, and what its rows come to; for the caller's batch. */
export function planList(ctx: AppContext, actor: Actor, schoolId: string, { role, q, status, level, sort, cursor, limit }: ListPeopleInput) {
  const [kind, one] = isRole(role) ? [kindOf(role), role] : [role, undefined];
  const query: PeopleQuery = { kind, role: one, active: status === "active", level, sort, terms: searchTerms(q), cursor, limit: limit + 1, without: actor.restrictedFrom };
  return {
    select: selectPeople(ctx.db, schoolId, query),
    page: (rows: PersonRow[]): PeoplePage => pageOf(rows, limit, ({ userId }) => userId),
  };
}

const isRole = (role: Kind | Role): role is Role => role !== "guardian" && role !== "staff" && role !== "student";

/** The people of a school, for its administration. */
export async function listPeople(ctx: AppContext, actor: Actor, schoolId: string, input: ListPeopleInput): Promise<PeoplePage> {
  authorize(actor, "school:administer", schoolId);
  const list = planList(ctx, actor, schoolId, input);
  return list.page(await list.select);
}
