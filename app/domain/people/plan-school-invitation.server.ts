import type { Write } from "#db/client.ts";
import { insertSchoolInvitation, lapseSchoolInvitation } from "#db/school-invitations.ts";
import type { AppContext } from "../../context.ts";
import type { Actor, Role } from "../actor.ts";
import { record } from "../audit.server.ts";
import { hashToken } from "../identity/sessions.ts";
import { planJob } from "../jobs.server.ts";
import { SCHOOL_INVITATION_LIFE } from "./rules.ts";

type Invited = { name: string; email: string; role: Role; specialisation?: string | null | undefined; subjectIds?: string[]; studentIds?: string[] };

/** Asks an adult who has an account of their own to be somebody at the school: rows for the caller's batch. An older invitation of the same address gives way. */
export async function planSchoolInvitation(ctx: AppContext, actor: Actor, schoolId: string, { name, email, role, specialisation = null, subjectIds = [], studentIds = [] }: Invited): Promise<{ id: string; writes: Write[]; jobIds: string[] }> {
  const now = ctx.clock.now();
  const id = ctx.ids.make("sinv");
  const code = ctx.ids.secret();
  const mail = planJob(ctx, "mail-school-invitation", { invitationId: id, sealedCode: await ctx.vault.seal(code) });
  return {
    id,
    jobIds: [mail.id],
    writes: [
      lapseSchoolInvitation(ctx.db, schoolId, email),
      insertSchoolInvitation(ctx.db, { id, schoolId, name, email, roles: [role], specialisation, subjectIds, studentIds, codeHash: await hashToken(code), invitedBy: actor.userId, expiresAt: now + SCHOOL_INVITATION_LIFE, createdAt: now }),
      record(ctx, actor, { action: "school.invited", subjectId: id, schoolId, details: { role, studentIds } }),
      mail.write,
    ],
  };
}
