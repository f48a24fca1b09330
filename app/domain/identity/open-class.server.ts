import { putClassCode, revokeClassCode, selectClassToOpen, type ClassToOpen } from "#db/class-codes.ts";
import { commit } from "#db/client.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { DAY, dayAfter, startOfDay } from "../clock.ts";
import { notFound } from "../errors.ts";
import { backupCodeFrom, backupCodeText } from "./backup-codes.ts";

const LONGEST = 120 * DAY;

/** Nearly 50 random bits, digested under the server's key: not to be guessed at the door, nor from a copy of the database. */
export const classCodeHash = (ctx: AppContext, code: string) => ctx.vault.digest(`class-code:${backupCodeText(code)}`);

/** The class and how its code stands. Throws not_found for a class that is not the actor's to open. */
export async function getClassToOpen(ctx: AppContext, actor: Actor, classId: string): Promise<ClassToOpen> {
  const [found] = await selectClassToOpen(ctx.db, actor.userId, classId, ctx.clock.now());
  if (!found) throw notFound();
  return found;
}

/** A code for the classroom wall, shown this once; the one before is worth nothing. It lasts until the end of the term, at most 120 days. */
export async function makeClassCode(ctx: AppContext, actor: Actor, classId: string): Promise<{ code: string; url: string; expiresAt: number; name: string }> {
  const { schoolId, name, timeZone, termEndsOn } = await getClassToOpen(ctx, actor, classId);
  const now = ctx.clock.now();
  const termOver = termEndsOn === null ? Infinity : startOfDay(dayAfter(termEndsOn), timeZone);
  const expiresAt = Math.min(now + LONGEST, termOver > now ? termOver : Infinity);
  const id = ctx.ids.make("ccode");
  const code = backupCodeFrom(ctx.ids.secret());
  await commit(ctx.db, [
    ...putClassCode(ctx.db, { id, classId, schoolId, codeHash: await classCodeHash(ctx, code), createdBy: actor.userId, expiresAt, createdAt: now }),
    record(ctx, actor, { action: "class.code_made", subjectId: classId, schoolId, details: { codeId: id, expiresAt } }),
  ]);
  return { code, url: `${ctx.settings.origin}/sign-in/class/${code}`, expiresAt, name };
}

export async function shutClass(ctx: AppContext, actor: Actor, classId: string): Promise<void> {
  const { schoolId, codeId } = await getClassToOpen(ctx, actor, classId);
  if (codeId === null) return;
  await commit(ctx.db, [revokeClassCode(ctx.db, schoolId, classId, ctx.clock.now()), record(ctx, actor, { action: "class.code_revoked", subjectId: classId, schoolId, details: { codeId } })]);
}
