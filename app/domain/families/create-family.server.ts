import { commit } from "#db/client.ts";
import { broke } from "#db/errors.ts";
import { insertFamily, insertFamilyMember, insertStudents, linkWard } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import type { CreateFamilyInput } from "./inputs.ts";
import { findWards, planChildren } from "./plan-children.server.ts";
import { planInvitation } from "./plan-invitation.server.ts";

/**
 * A family with its people in one write. The maker is its first guardian, and primary guardian of the children made with it; children that
 * are already theirs are linked; adults are invited. Throws invalid_input at the username of a child that exists and is not theirs.
 */
export async function createFamily(ctx: AppContext, actor: Actor, input: CreateFamilyInput, repeat: Repeat | null): Promise<string> {
  if (actor.kind !== "adult") throw new DomainError("forbidden");
  return once(ctx, actor.userId, repeat, async () => {
    const wards = await findWards(ctx, actor, input.students);
    const { students, guardians, ...family } = input;
    const now = ctx.clock.now();
    const familyId = ctx.ids.make("fam");
    const children = await planChildren(ctx, actor, familyId, family.timeZone, students.filter((student) => !wards.has(student.username)));
    const invitations = await Promise.all(guardians.map((adult) => planInvitation(ctx, actor, familyId, adult, children.ids)));
    try {
      await commit(ctx.db, [
        // First, so that a repeat breaks on its key and not on a username that the first run took.
        ...claimRepeat(ctx, actor.userId, repeat, familyId),
        insertFamily(ctx.db, { id: familyId, ...family, createdAt: now }),
        insertFamilyMember(ctx.db, { familyId, userId: actor.userId, role: "guardian", joinedAt: now }),
        record(ctx, actor, { action: "family.created", subjectId: familyId, familyId, details: { name: family.name, currency: family.currency, timeZone: family.timeZone } }),
        ...[...wards.values()].flatMap((childId) => [
          linkWard(ctx.db, { familyId, childId, guardianId: actor.userId, now }),
          record(ctx, actor, { action: "family.student_linked", subjectId: familyId, familyId, childId }),
        ]),
        ...children.writes,
        ...insertStudents(ctx.db, familyId, children.ids, now),
        ...invitations.flatMap((invitation) => invitation.writes),
      ]);
    } catch (error) {
      if (broke(error, "UNIQUE users.username")) await findWards(ctx, actor, input.students);
      if (broke(error, "UNIQUE users.username") || broke(error, "NOT NULL family_members.role")) throw new DomainError("conflict");
      throw error;
    }
    await ctx.jobs.ring(invitations.map((invitation) => invitation.jobId));
    return familyId;
  });
}
