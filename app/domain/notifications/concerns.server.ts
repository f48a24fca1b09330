import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { placeIn, selectPlace } from "#db/talkers.ts";
import type { AppContext } from "../../context.ts";
import { readingCapacity, type ChildAccess } from "../consent/access.ts";
import { topicOf } from "./topics.ts";

type Told = { type: string; childId: string | null; facts: Record<string, string | number> };
/** How the reader stands to each child and room that they are told of. */
type Standing = { access: Map<string, ChildAccess | undefined>; rooms: Set<string> };

/** Of what was told of a child: does it still concern this reader, by the rights and restrictions of now? */
function concerns({ type, childId, facts }: Told, { access, rooms }: Standing): boolean {
  const topic = topicOf(type);
  if (type === "message.received") return rooms.has(String(facts.room));
  if (childId === null) return true;
  const found = access.get(childId);
  if (!found || found.restricted) return false;
  // Of the end of their own guardianship the former guardian is told too.
  if (topic === "security" || type === "guardianship.changed") return true;
  return found.capacities.some((capacity) => {
    if (capacity.as !== "guardian" || capacity.isPrimary || topic === "family" || topic === "messages") return true;
    const { canApprovePurchases, canScheduleLessons, canViewProgress } = capacity.rights;
    if (topic === "money") return canApprovePurchases || canViewProgress;
    return topic === "lessons" ? canScheduleLessons || canViewProgress : readingCapacity({ ...found, capacities: [capacity] }, "progress") !== undefined;
  });
}

/** Those of them that still concern the reader, by one round trip however many they are. */
export async function stillConcerning<T extends Told>(ctx: AppContext, userId: string, told: T[]): Promise<T[]> {
  const now = ctx.clock.now();
  const children = [...new Set(told.flatMap(({ childId }) => childId ?? []))];
  const rooms = [...new Set(told.filter(({ type }) => type === "message.received").map(({ facts }) => String(facts.room)))];
  const asked = [...children.map((childId) => selectChildAccess(ctx.db, { userId }, childId, now)), ...rooms.map((room) => selectPlace(ctx.db, userId, room, now))];
  const [first, ...more] = asked;
  const found = first ? await ctx.db.batch([first, ...more]) : [];
  const access = new Map(children.map((childId, at) => [childId, accessOf((found[at] as Awaited<ReturnType<typeof selectChildAccess>>)[0], { userId }, now)]));
  const open = rooms.filter((_, at) => placeIn((found[children.length + at] as Parameters<typeof placeIn>[0][])[0]) !== null);
  return told.filter((one) => concerns(one, { access, rooms: new Set(open) }));
}
