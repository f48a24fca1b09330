import type { Write } from "#db/client.ts";
import { insertJobs } from "#db/operation.ts";
import { insertSchoolInvitations } from "#db/school-invitations.ts";
import type { AppContext } from "../../../context.ts";
import type { Role } from "../../actor.ts";
import { recordAll } from "../../audit.server.ts";
import { hashToken } from "../../identity/sessions.ts";
import type { JobKind, JobPayloads } from "../../jobs.server.ts";
import { SCHOOL_INVITATION_LIFE } from "../../people/rules.ts";
import type { Importing } from "../imports/importer.server.ts";

/** Somebody outside the school, as the file names them; `familyIds`: families of the file that they come into by accepting. */
export type Asked = { name: string; email: string; roles: Role[]; studentIds: string[]; familyIds: string[] };

/** Invitations of a chunk of a file, with their mails: a handful of statements, however many. */
export async function planInvitations(ctx: AppContext, { importId, schoolId, startedBy }: Importing, asked: Asked[]): Promise<{ writes: Write[]; jobIds: string[] }> {
  const now = ctx.clock.now();
  const planned = await Promise.all(asked.map(async (one) => {
    const [id, code] = [ctx.ids.make("sinv"), ctx.ids.secret()];
    return { one, id, codeHash: await hashToken(code), sealedCode: await ctx.vault.seal(code) };
  }));
  const mails = planned.map(({ id, sealedCode }) => ({
    id: ctx.ids.make("job"), kind: "mail-school-invitation" satisfies JobKind, availableAt: now, createdAt: now, payload: { invitationId: id, sealedCode } satisfies JobPayloads["mail-school-invitation"],
  }));
  return {
    jobIds: mails.map(({ id }) => id),
    writes: [
      ...insertSchoolInvitations(ctx.db, planned.map(({ id, one, codeHash }) => ({ id, schoolId, ...one, subjectIds: [], codeHash, invitedBy: startedBy, expiresAt: now + SCHOOL_INVITATION_LIFE, createdAt: now }))),
      ...insertJobs(ctx.db, mails),
      ...recordAll(ctx, { userId: startedBy }, planned.map(({ id, one }) => ({ action: "school.invited", subjectId: id, schoolId, details: { roles: one.roles, studentIds: one.studentIds, importId } }))),
    ],
  };
}
