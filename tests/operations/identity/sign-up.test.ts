import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { SignUpInput } from "#app/domain/identity/inputs.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { signUp } from "#app/domain/identity/sign-up.server.ts";
import { verifyEmail } from "#app/domain/identity/verify-email.server.ts";
import { families, familyMembers } from "#db/schema/families.ts";
import { signUps, users } from "#db/schema/identity.ts";
import { mailboxMessages } from "#db/schema/notifications.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { failing, LOST } from "#tests/before-commit.ts";
import { PASSWORD, runJobs, testContext, unique, type TestContext } from "#tests/world.ts";
import { makePerson, visiting } from "./people.ts";

const CHOSEN = "a rather long sentence";
const asked = (more: Partial<SignUpInput> = {}) => SignUpInput.parse({ name: "Njeri Kamau", email: `${unique("njeri")}@example.test`, password: CHOSEN, familyName: "Kamau family", ...more });
const mailsTo = (ctx: TestContext, recipient: string) => ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, recipient)).orderBy(mailboxMessages.id);
const codeIn = (mail: { subject: string } | undefined) => /^(\d{6}) is your code$/.exec(mail?.subject ?? "")?.[1] ?? "";
const usersWith = (ctx: TestContext, email: string) => ctx.db.select().from(users).where(eq(users.email, email));

async function begin(ctx: TestContext, input = asked()) {
  const signUpId = await signUp(ctx, input);
  await runJobs(ctx);
  return { signUpId, input, code: codeIn((await mailsTo(ctx, input.email)).at(-1)) };
}

test("AUTH-1: the mailed code makes the user, the family and the session in one write", async () => {
  const ctx = testContext();
  const { signUpId, input, code } = await begin(ctx);
  expect(await usersWith(ctx, input.email)).toEqual([]);
  const before = ctx.meter.roundTrips;
  const session = await verifyEmail(ctx, { signUpId, code }, "browser");
  expect(ctx.meter.roundTrips - before).toBe(2);
  const actor = await findActor(visiting(ctx, { token: { value: session.token, via: "cookie" } }));
  expect(actor).toMatchObject({ userId: session.userId, kind: "adult", name: "Njeri Kamau", email: input.email, emailVerified: true, familyIds: [session.familyId] });
  const [family] = await ctx.db.select().from(families).innerJoin(familyMembers, eq(familyMembers.familyId, families.id)).where(eq(familyMembers.userId, session.userId));
  expect(family).toMatchObject({ families: { name: "Kamau family", currency: "KES", timeZone: "Africa/Nairobi" }, family_members: { role: "guardian" } });
  const audit = await ctx.db.select().from(auditEvents).where(eq(auditEvents.actorId, session.userId));
  expect(audit.map((event) => event.action).sort()).toEqual(["family.created", "session.started", "user.signed_up"]);
  expect(await ctx.db.select().from(signUps).where(eq(signUps.id, signUpId))).toEqual([]);
  await signIn(ctx, { identifier: input.email, password: CHOSEN }, "bearer");
});

test("AUTH-1: who comes by an invitation founds no family", async () => {
  const ctx = testContext();
  const { signUpId, code } = await begin(ctx, asked({ invited: true, familyName: undefined }));
  expect((await verifyEmail(ctx, { signUpId, code }, "browser")).familyId).toBeNull();
});

test("AUTH-13: an address that has an account gets the same answer from the same work; only its owner learns of it, by mail", async () => {
  const ctx = testContext();
  const { identifier: taken } = await makePerson(ctx);
  const trips = [];
  for (const input of [asked({ email: taken }), asked()]) {
    const before = ctx.meter.roundTrips;
    expect(await signUp(ctx, input)).toMatch(/^[\w-]{43}$/);
    trips.push(ctx.meter.roundTrips - before);
  }
  expect(trips[1]).toBe(trips[0]);
  await runJobs(ctx);
  expect((await mailsTo(ctx, taken)).map((mail) => mail.subject)).toEqual(["You have an account already"]);
  await signIn(ctx, { identifier: taken, password: PASSWORD }, "bearer");
});

test("AUTH-1: one's code confirms one's own password, whoever else signs up with the same address", async () => {
  const ctx = testContext();
  const email = `${unique("victim")}@example.test`;
  const mine = await begin(ctx, asked({ email }));
  const theirs = await begin(ctx, asked({ email, password: "what the thief would like" }));
  await expect(verifyEmail(ctx, { signUpId: theirs.signUpId, code: mine.code }, "browser")).rejects.toThrow(expect.objectContaining({ fields: [{ path: "code", message: "wrong_code" }] }));
  await verifyEmail(ctx, { signUpId: mine.signUpId, code: mine.code }, "browser");
  await expect(verifyEmail(ctx, { signUpId: theirs.signUpId, code: theirs.code }, "browser")).rejects.toThrow(expect.objectContaining({ code: "conflict" }));
  await signIn(ctx, { identifier: email, password: CHOSEN }, "bearer");
});

test("AUTH-1: the right code ten times at the same instant makes one user and one family", async () => {
  const ctx = testContext();
  const { signUpId, input, code } = await begin(ctx);
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => verifyEmail(ctx, { signUpId, code }, "browser")));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(1);
  expect(await usersWith(ctx, input.email)).toHaveLength(1);
});

test("AUTH-13: five guesses at a code, of forty at the same instant", async () => {
  const ctx = testContext();
  const { signUpId, code } = await begin(ctx);
  const wrong = code === "000000" ? "000001" : "000000";
  const tries = await Promise.allSettled(Array.from({ length: 40 }, () => verifyEmail(ctx, { signUpId, code: wrong }, "browser")));
  const codes = tries.map((tried) => (tried.status === "rejected" ? (tried.reason as { code: string }).code : "in"));
  expect(codes.filter((said) => said === "invalid_input")).toHaveLength(5);
  expect(codes.filter((said) => said === "rate_limited")).toHaveLength(35);
});

test("AUTH-1: a code lapses with its sign-up after half an hour", async () => {
  const ctx = testContext();
  const { signUpId, code } = await begin(ctx);
  ctx.setNow(ctx.clock.now() + 30 * 60_000);
  await expect(verifyEmail(ctx, { signUpId, code }, "browser")).rejects.toThrow(expect.objectContaining({ fields: [{ path: "signUpId", message: "sign_up_lapsed" }] }));
});

test("AUTH-1: an Idempotency-Key begins one sign-up and sends one mail", async () => {
  const ctx = testContext();
  const input = asked();
  const repeat = { key: "once", fingerprint: "same" };
  expect(await signUp(ctx, input, repeat)).toBe(await signUp(ctx, input, repeat));
  await runJobs(ctx);
  expect(await mailsTo(ctx, input.email)).toHaveLength(1);
});

test("AUTH-3: a password that is short, long, one's own name or breached begins nothing", async () => {
  const ctx = testContext();
  expect(SignUpInput.safeParse({ ...asked(), password: "nine char" }).error?.issues[0]?.message).toBe("password_too_short");
  expect(SignUpInput.safeParse({ ...asked(), password: "x".repeat(201) }).error?.issues[0]?.message).toBe("too_long");
  const named = asked({ name: "Njeri wa Kamau", password: "njeri wa kamau" });
  await expect(signUp(ctx, named)).rejects.toThrow(expect.objectContaining({ fields: [{ path: "password", message: "password_is_name" }] }));
  await expect(signUp(ctx, asked({ password: "1q2w3e4r5t" }))).rejects.toThrow(expect.objectContaining({ fields: [{ path: "password", message: "password_breached" }] }));
});

test("AUTH-1: a family that nobody named is called by its founder", async () => {
  const ctx = testContext();
  const { signUpId, code } = await begin(ctx, asked({ familyName: undefined }));
  const { familyId } = await verifyEmail(ctx, { signUpId, code }, "browser");
  expect(await ctx.db.select().from(families).where(eq(families.id, familyId!))).toMatchObject([{ name: "Njeri Kamau", currency: "KES" }]);
});

test("AUTH-1: no code is mailed for a sign-up that lapsed before the mail was written", async () => {
  const ctx = testContext();
  const input = asked();
  await signUp(ctx, input);
  ctx.setNow(ctx.clock.now() + 30 * 60_000);
  await runJobs(ctx);
  expect(await mailsTo(ctx, input.email)).toEqual([]);
});

test("AUTH-1: a database that fails makes nobody half, and the code is good still", async () => {
  const ctx = testContext();
  const { signUpId, input, code } = await begin(ctx);
  await expect(verifyEmail(failing(ctx), { signUpId, code }, "browser")).rejects.toBe(LOST);
  expect(await usersWith(ctx, input.email)).toEqual([]);
  await verifyEmail(ctx, { signUpId, code }, "browser");
});
