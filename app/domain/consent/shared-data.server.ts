import { selectConsents } from "#db/consents.ts";
import { selectGuardiansOf } from "#db/guardianships.ts";
import { selectLooks, selectSchoolReaders } from "#db/shared-data.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { invalid } from "../errors.ts";
import { pageOf, type Paging } from "../paging.ts";
import { authorize } from "../policy.ts";
import { readingCapacity, type Capacity } from "./access.ts";
import { DATA_TYPES } from "./rules.ts";

/** Who can see what of the child at this instant: people by name, in each of their capacities. */
function sharedData(ctx: AppContext, childId: string) {
  const now = ctx.clock.now();
  return {
    statements: [selectGuardiansOf(ctx.db, childId, now), selectSchoolReaders(ctx.db, childId, now), selectConsents(ctx.db, childId)] as const,
    people: (guardians: Awaited<ReturnType<typeof selectGuardiansOf>>, readers: Awaited<ReturnType<typeof selectSchoolReaders>>, settings: Awaited<ReturnType<typeof selectConsents>>) => {
      const sees = (capacity: Capacity) => DATA_TYPES.filter((dataType) => readingCapacity({ restricted: false, capacities: [capacity], settings, at: now }, dataType) !== undefined);
      return [
        ...guardians.map(({ guardianId, name, isPrimary, ...rights }) => ({ userId: guardianId, name, capacity: "guardian" as const, isPrimary, school: null, dataTypes: sees({ as: "guardian", isPrimary, rights }) })),
        ...readers.map(({ userId, name, capacity, school, schoolId }) => ({ userId, name, capacity, isPrimary: false, school, dataTypes: sees({ as: capacity, schoolId }) })),
      ];
    },
  };
}

export async function readSharedData(ctx: AppContext, actor: Actor, childId: string) {
  authorize(actor, "consent:view", childId);
  const shared = sharedData(ctx, childId);
  return shared.people(...(await ctx.db.batch(shared.statements)));
}
export type SharedWith = Awaited<ReturnType<typeof readSharedData>>[number];


/** Who looked at what, when and in which capacity, a row for each hour. */
export async function listLooks(ctx: AppContext, actor: Actor, childId: string, page: Paging) {
  authorize(actor, "consent:view", childId);
  return paged(await selectLooks(ctx.db, childId, asked(page)), page.limit);
}

/** Both for the page, in one batch. */
export async function loadPrivacy(ctx: AppContext, actor: Actor, childId: string, page: Paging) {
  authorize(actor, "consent:view", childId);
  const shared = sharedData(ctx, childId);
  const [guardians, readers, settings, looks] = await ctx.db.batch([...shared.statements, selectLooks(ctx.db, childId, asked(page))]);
  return { people: shared.people(guardians, readers, settings), looks: paged(looks, page.limit) };
}

const asked = ({ cursor, limit }: Paging) => {
  const [, at, rest] = /^(\d{1,15})\.(.+)$/.exec(cursor ?? "") ?? [];
  if (cursor !== undefined && rest === undefined) throw invalid("cursor", "invalid");
  return { limit: limit + 1, before: rest === undefined ? undefined : { lastAt: Number(at), rest } };
};

function paged(rows: Awaited<ReturnType<typeof selectLooks>>, limit: number) {
  const { items, nextCursor } = pageOf(rows, limit, ({ lastAt, rest }) => `${lastAt}.${rest}`);
  return { items: items.map(({ rest: _rest, ...look }) => look), nextCursor };
}
export type Look = ReturnType<typeof paged>["items"][number];
