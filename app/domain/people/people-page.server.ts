import { selectRolesOf } from "#db/new-people.ts";
import { selectOpenInvitations } from "#db/school-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { authorize } from "../policy.ts";
import type { ListPeopleInput } from "./inputs.ts";
import { planList } from "./list-people.server.ts";

const INVITATIONS_SHOWN = 10;

/** A page of the school's people, whom it asked and who has not answered, and the guardian who is about to be given students. */
export async function loadPeople(ctx: AppContext, actor: Actor, schoolId: string, input: ListPeopleInput, assignId: string | null) {
  authorize(actor, "school:administer", schoolId);
  const list = planList(ctx, actor, schoolId, input);
  const [rows, invitations, assignee] = await ctx.db.batch([list.select, selectOpenInvitations(ctx.db, schoolId, ctx.clock.now(), { limit: INVITATIONS_SHOWN }), selectRolesOf(ctx.db, schoolId, assignId === null ? [] : [assignId])]);
  const guardian = assignee.find(({ role }) => role === "parent");
  return { ...list.page(rows), invitations, assignee: guardian ? { id: guardian.userId, name: guardian.name } : null };
}
export type PeoplePage = Awaited<ReturnType<typeof loadPeople>>;
