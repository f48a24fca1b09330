import { and, eq } from "drizzle-orm";
import { askRecovery } from "#app/domain/identity/ask-recovery.server.ts";
import { findOwnRecovery } from "#app/domain/identity/finish-recovery.server.ts";
import { vouch } from "#app/domain/identity/vouch.server.ts";
import { recoveries, users } from "#db/schema/identity.ts";
import { mailboxMessages, notifications } from "#db/schema/notifications.ts";
import { actorOf, makeFamily, runJobs, type Family, type TestContext } from "#tests/world.ts";

export const NEW = "a rather long sentence";
export const emailOf = async (ctx: TestContext, userId: string) => (await ctx.db.select().from(users).where(eq(users.id, userId)).get())!.email!;
export const stepped = (ctx: TestContext, userId: string) => actorOf(ctx, userId, { steppedUp: true });
export const openOf = async (ctx: TestContext, userId: string) => (await ctx.db.select().from(recoveries).where(eq(recoveries.userId, userId)).orderBy(recoveries.id)).at(-1)!;
export const told = async (ctx: TestContext, userId: string, type: string) => ctx.db.select().from(notifications).where(and(eq(notifications.userId, userId), eq(notifications.type, type)));
export const mailsTo = async (ctx: TestContext, userId: string) => { const to = await emailOf(ctx, userId); return (await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, to))).map((mail) => mail.body); };

/** The guardian asks for a word; the recovery waits. */
export async function asked(ctx: TestContext, family?: Family) {
  const one = family ?? (await makeFamily(ctx));
  const secret = (await askRecovery(ctx, { email: await emailOf(ctx, one.guardianId), way: "vouch" }))!;
  await runJobs(ctx);
  const { code } = await findOwnRecovery(ctx, secret);
  return { ...one, secret, code, id: (await openOf(ctx, one.guardianId)).id };
}
export async function vouched(ctx: TestContext) {
  const one = await asked(ctx);
  await vouch(ctx, await stepped(ctx, one.otherGuardianId), one.id, one.code);
  return one;
}

/** The link that begins the waiting time, as it was mailed. */
export async function linkOf(ctx: TestContext, userId: string) {
  await askRecovery(ctx, { email: await emailOf(ctx, userId), way: "factor" });
  await runJobs(ctx);
  return /recover\/([\w-]{20,})/.exec((await mailsTo(ctx, userId)).join("\n"))![1]!;
}
