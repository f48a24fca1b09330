import { commit, type Write } from "#db/client.ts";
import { deleteEmailChange, putEmailChange, putProfile, selectProfile, updateUser, type ProfileFields, type UserFields } from "#db/profiles.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { record } from "../audit.server.ts";
import { saidOf } from "../changes.ts";
import { MINUTE } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { planJob } from "../jobs.server.ts";
import { requireStepUp } from "../policy.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { CHILDS_OWN, type ChangeProfileInput } from "./profile-inputs.ts";
import { profileOf } from "./read-profile.server.ts";

/** Half an hour to find the mail and type the code. */
const EMAIL_CHANGE_LIFE = 30 * MINUTE;

/**
 * Changes what is given and different. Another e-mail address only begins to change: it counts once the code mailed to it is typed
 * (`confirm-email`). Throws forbidden for what a child may not say of itself.
 */
export async function changeProfile(ctx: AppContext, actor: Actor, input: ChangeProfileInput): Promise<void> {
  if (actor.kind === "child" && Object.keys(input).some((field) => !(CHILDS_OWN as readonly string[]).includes(field))) throw new DomainError("forbidden", "child_profile");
  const { email, ...rest } = input;
  const asksEmail = email !== undefined && email !== actor.email;
  const now = ctx.clock.now();
  if (asksEmail) requireStepUp(actor, now);
  const mail = limitedTry(ctx, LIMITS.mailTo, email ?? "");
  const [[row], counted] = await ctx.db.batch([selectProfile(ctx.db, actor.userId, now), ...(asksEmail ? [mail.count] : [])] as const);
  if (counted) mail.permit(counted);
  const known = profileOf(actor.userId, row!);
  const changed = (Object.keys(rest) as (keyof typeof rest)[]).filter((field) => rest[field] !== undefined && JSON.stringify(rest[field]) !== JSON.stringify(known[field]));
  const only = (from: typeof rest) => Object.fromEntries(changed.map((field) => [field, from[field]]));
  const job = asksEmail ? planJob(ctx, "mail-email-change", { userId: actor.userId }) : null;
  // The audit names the fields, not what stood there: it outlives the person's erasure.
  const writes: Write[] = [
    ...writesOf(ctx, actor.userId, only(rest), now),
    ...(changed.length > 0 ? [record(ctx, actor, { action: "profile.changed", subjectId: actor.userId, details: { fields: changed } })] : []),
    ...(job ? [
      putEmailChange(ctx.db, { userId: actor.userId, email: email!, expiresAt: now + EMAIL_CHANGE_LIFE, createdAt: now }),
      record(ctx, actor, { action: "profile.email_change_asked", subjectId: actor.userId }),
      job.write,
    ] : []),
  ];
  if (writes.length > 0) await commit(ctx.db, writes);
  if (job) await ctx.jobs.ring([job.id]);
}

/** Gives up an address that waits for its code. */
export async function cancelEmailChange(ctx: AppContext, actor: Actor): Promise<void> {
  await commit(ctx.db, [deleteEmailChange(ctx.db, actor.userId), record(ctx, actor, { action: "profile.email_change_cancelled", subjectId: actor.userId })]);
}

function writesOf(ctx: AppContext, userId: string, change: Omit<ChangeProfileInput, "email">, now: number): Write[] {
  const { name, phone, locale, timeZone, emergencyContact, ...said } = change;
  const user: UserFields = saidOf({ name, phone, locale, timeZone });
  const profile: ProfileFields = saidOf({ ...said, ...(emergencyContact === undefined ? {} : { emergencyName: emergencyContact?.name ?? null, emergencyPhone: emergencyContact?.phone ?? null }) });
  return [...(Object.keys(user).length > 0 ? [updateUser(ctx.db, userId, user)] : []), ...(Object.keys(profile).length > 0 ? [putProfile(ctx.db, userId, profile, now)] : [])];
}
