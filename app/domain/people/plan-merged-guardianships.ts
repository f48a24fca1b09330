type Flag = 0 | 1;
export type GuardianshipFacts = { id: string; guardianId: string; childId: string; active: Flag; isPrimary: Flag; approve: Flag; schedule: Flag; view: Flag; talk: Flag; endsAt: number | null };
export type GuardianshipChange = { before: GuardianshipFacts; after: GuardianshipFacts };

const widest = (one: GuardianshipFacts, other: GuardianshipFacts) => ({
  approve: (one.approve | other.approve) as Flag, schedule: (one.schedule | other.schedule) as Flag, view: (one.view | other.view) as Flag, talk: (one.talk | other.talk) as Flag, isPrimary: (one.isPrimary | other.isPrimary) as Flag,
});

/**
 * Which guardianships of two accounts become what. Both guardians of one child, in whichever place the two stand: it was one and the same
 * all along, with the rights of both. Where a child would have two primary guardians, the kept account's stays. In the order of writing:
 * what ends or gives up its place, what takes over, what moves.
 */
export function planMergedGuardianships(rows: GuardianshipFacts[], keptId: string, goneId: string, now: number): { ended: GuardianshipChange[]; widened: GuardianshipChange[]; moved: GuardianshipChange[] } {
  const ended: GuardianshipChange[] = [], widened: GuardianshipChange[] = [], moved: GuardianshipChange[] = [];
  const isGone = (row: GuardianshipFacts) => row.guardianId === goneId || row.childId === goneId;
  const rest = rows.filter((row) => !isGone(row));
  for (const before of rows.filter(isGone)) {
    const there = { ...before, guardianId: before.guardianId === goneId ? keptId : before.guardianId, childId: before.childId === goneId ? keptId : before.childId };
    const twin = before.active === 1 ? rest.find((row) => row.active === 1 && row.guardianId === there.guardianId && row.childId === there.childId) : undefined;
    const rival = rest.find((row) => row.active === 1 && row.isPrimary === 1 && row.childId === there.childId && row !== twin);
    if (twin) {
      ended.push({ before, after: { ...before, active: 0, isPrimary: 0, endsAt: now } });
      const after = { ...twin, ...widest(twin, before), ...(rival ? { isPrimary: twin.isPrimary } : {}) };
      if (JSON.stringify(after) !== JSON.stringify(twin)) widened.push({ before: twin, after });
    } else moved.push({ before, after: before.isPrimary === 1 && before.active === 1 && rival ? { ...there, isPrimary: 0 } : there });
  }
  return { ended, widened, moved };
}
