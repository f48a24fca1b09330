import type { Write } from "#db/client.ts";
import { insertFamily, insertFamilyMember } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";

/** A family that begins with one guardian, for the batch of whatever founds it. */
export function newFamilyWrites(ctx: AppContext, guardianId: string, family: { name: string; currency: string; timeZone: string }): { familyId: string; writes: Write[] } {
  const familyId = ctx.ids.make("fam");
  const now = ctx.clock.now();
  return {
    familyId,
    writes: [
      insertFamily(ctx.db, { id: familyId, ...family, preferredProgrammes: [], createdAt: now }),
      insertFamilyMember(ctx.db, { familyId, userId: guardianId, role: "guardian", joinedAt: now }),
      record(ctx, { userId: guardianId }, { action: "family.created", subjectId: familyId, familyId, details: family }),
    ],
  };
}
