import { findInvitationBy, selectInvitationsBy, type InvitationRow } from "#db/family-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";
import { byId, pageOf, type Page, type Paging } from "../paging.ts";
import { invitationStatus } from "./rules.ts";

/** What the actor sent and how it stands, newest first. */
export async function listInvitations(ctx: AppContext, actor: Actor, { limit, cursor }: Paging): Promise<Page<InvitationRow>> {
  const found = await selectInvitationsBy(ctx.db, actor.userId, { before: cursor, limit: limit + 1 });
  const { items, nextCursor } = pageOf(found, limit, byId);
  return { items: items.map((row) => asOf(row, ctx.clock.now())), nextCursor };
}

export async function getInvitation(ctx: AppContext, actor: Actor, id: string): Promise<InvitationRow> {
  const found = await findInvitationBy(ctx.db, actor.userId, id);
  if (!found) throw notFound();
  return asOf(found, ctx.clock.now());
}

export const asOf = (row: InvitationRow, now: number) => ({ ...row, status: invitationStatus(row, now) });
