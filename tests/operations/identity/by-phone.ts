import { eq } from "drizzle-orm";
import { enableCodes, setUpCodeFactor } from "#app/domain/identity/set-up-code-factor.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { actorOf, PASSWORD, runJobs, type TestContext } from "#tests/world.ts";
import { makePerson, visiting, type Person } from "./people.ts";

let numbers = 0;
export const newPhone = () => `+25471${String(Date.now() % 100_000).padStart(5, "0")}${String(numbers++).padStart(2, "0")}`;
/** What came last. `live`: asked for over HTTP, by the real clock. */
export const last = async (ctx: TestContext, recipient: string, live = false) => {
  if (live) ctx.setNow(Date.now());
  await runJobs(ctx);
  const [message] = (await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, recipient)).orderBy(mailboxMessages.id)).filter((one) => one.id.includes("_code_")).slice(-1);
  return { ...message!, code: /\b\d{6}\b/.exec(message!.body)![0] };
};
export const stepped = (ctx: TestContext, { userId }: Person) => actorOf(ctx, userId, { steppedUp: true });

/** A person who gets codes at this number. */
export async function withPhone(ctx: TestContext): Promise<Person & { phone: string; backupCodes: string[] }> {
  const [person, phone] = [await makePerson(ctx), newPhone()];
  await setUpCodeFactor(ctx, await stepped(ctx, person), "sms", phone);
  return { ...person, phone, ...(await enableCodes(ctx, await stepped(ctx, person), "sms", (await last(ctx, phone)).code)) };
}
export const half = async (ctx: TestContext, { identifier }: Person) => visiting(ctx, { token: { value: (await signIn(ctx, { identifier, password: PASSWORD }, "browser")).token, via: "cookie" } });
