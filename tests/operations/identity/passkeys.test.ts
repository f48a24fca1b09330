import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { base64urlOf, bytesOf } from "#app/domain/identity/base64url.ts";
import { findActor } from "#app/domain/identity/find-actor.server.ts";
import { registerPasskey, removePasskey, renamePasskey } from "#app/domain/identity/keep-passkey.server.ts";
import { offerRegistration, offerSignIn, offerStepUp } from "#app/domain/identity/offer-passkey.server.ts";
import { listPasskeys } from "#app/domain/identity/security-page.server.ts";
import { doSecurityAct, SecurityForm } from "#app/domain/identity/security-acts.server.ts";
import { signInWithPasskey } from "#app/domain/identity/sign-in-with-passkey.server.ts";
import { stepUp } from "#app/domain/identity/step-up.server.ts";
import { passkeyChallenges, passkeys, sessions, users } from "#db/schema/identity.ts";
import { failing, LOST } from "#tests/before-commit.ts";
import { actorOf, testContext, type TestContext } from "#tests/world.ts";
import { FLAGS, newKeys, SoftPasskey, type Bent } from "./authenticator.ts";
import { giveTotp, makePerson, makeUnmailed, outcomesOf, visiting } from "./people.ts";

const refused = expect.objectContaining({ code: "unauthenticated", reason: "passkey_refused" }) as unknown;

async function register(ctx: TestContext, actor: Actor, bent: Bent = {}, name = "My phone") {
  const passkey = await SoftPasskey.make(actor.userId);
  const { challengeId, options } = await offerRegistration(ctx, actor);
  await registerPasskey(ctx, actor, await passkey.attest(challengeId, options.challenge, name, bent));
  return passkey;
}

async function withPasskey(ctx: TestContext) {
  const person = await makePerson(ctx);
  return { ...person, passkey: await register(ctx, await actorOf(ctx, person.userId, { steppedUp: true })) };
}

const arrive = async (ctx: TestContext, passkey: SoftPasskey, bent: Bent = {}) => {
  const { challengeId, options } = await offerSignIn(ctx);
  return signInWithPasskey(ctx, await passkey.assert(challengeId, options.challenge, bent), "bearer");
};

test("AUTH-2: a passkey signs in without a name or a code; counter, backup state and last use are kept", async () => {
  const ctx = testContext();
  const { userId, passkey } = await withPasskey(ctx);
  await giveTotp(ctx, userId);
  ctx.setNow(ctx.clock.now() + 1000);
  const before = ctx.meter.roundTrips;
  const { token } = await arrive(ctx, passkey, { counter: 7, flags: FLAGS.present | FLAGS.verified | FLAGS.mayBackUp });
  expect(ctx.meter.roundTrips - before).toBe(3);
  expect((await findActor(visiting(ctx, { token: { value: token, via: "bearer" } })))?.userId).toBe(userId);
  const [row] = await ctx.db.select().from(passkeys).where(eq(passkeys.id, passkey.id));
  expect(row).toMatchObject({ userId, counter: 7, backedUp: false, deviceType: "multiDevice", transports: ["internal"], lastUsedAt: ctx.clock.now() });
  expect(await outcomesOf(ctx, userId)).toEqual(["success"]);
});

test("AUTH-2: several passkeys, named, renamed, removed; another's are not there", async () => {
  const ctx = testContext();
  const { userId } = await makePerson(ctx);
  const actor = await actorOf(ctx, userId, { steppedUp: true });
  const [phone, laptop] = [await register(ctx, actor, {}, "Phone"), await register(ctx, actor, {}, "Laptop")];
  await renamePasskey(ctx, actor, laptop.id, "Old laptop");
  const names = async () => (await listPasskeys(ctx, actor)).map((passkey) => passkey.name).sort();
  expect(await names()).toEqual(["Old laptop", "Phone"]);
  const stranger = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  await expect(renamePasskey(ctx, stranger, phone.id, "Mine")).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
  await expect(removePasskey(ctx, stranger, phone.id)).rejects.toThrow(expect.objectContaining({ code: "not_found" }));
  await removePasskey(ctx, actor, phone.id);
  expect(await names()).toEqual(["Old laptop"]);
  await expect(arrive(ctx, phone)).rejects.toThrow(refused as Error);
});

test("AUTH-8: adding and removing a passkey need a step-up, and children have none", async () => {
  const ctx = testContext();
  const { userId, passkey } = await withPasskey(ctx);
  const actor = await actorOf(ctx, userId);
  const demand = expect.objectContaining({ code: "step_up_required" });
  await expect(register(ctx, actor)).rejects.toThrow(demand);
  await expect(removePasskey(ctx, actor, passkey.id)).rejects.toThrow(demand);
  const child = await actorOf(ctx, (await makePerson(ctx, "child")).userId, { steppedUp: true });
  await expect(offerRegistration(ctx, child)).rejects.toThrow(expect.objectContaining({ code: "forbidden" }));
});

test("AUTH-8: a passkey confirms who is signed in, and only them", async () => {
  const ctx = testContext();
  const mine = await withPasskey(ctx);
  const theirs = await withPasskey(ctx);
  const actor = await actorOf(ctx, mine.userId);
  const confirm = async (passkey: SoftPasskey, offer: { challengeId: string; options: { challenge: string } }) =>
    stepUp(ctx, actor, { method: "passkey", ...(await passkey.assert(offer.challengeId, offer.options.challenge)) });
  await expect(confirm(theirs.passkey, await offerStepUp(ctx, actor))).rejects.toThrow(refused as Error);
  await expect(confirm(mine.passkey, await offerSignIn(ctx))).rejects.toThrow(refused as Error);
  await expect(confirm(mine.passkey, await offerStepUp(ctx, await actorOf(ctx, theirs.userId)))).rejects.toThrow(refused as Error);
  await confirm(mine.passkey, await offerStepUp(ctx, actor));
  const [row] = await ctx.db.select().from(sessions).where(eq(sessions.id, actor.session.id));
  expect(row?.steppedUpUntil).toBe(ctx.clock.now() + 10 * 60_000);
});

const someone = await newKeys();
const HONEST = FLAGS.present | FLAGS.verified | FLAGS.mayBackUp | FLAGS.backedUp;
const flip = (bytes: Uint8Array, at: number) => void (bytes[at] = bytes[at]! ^ 1);

/** Each is an honest assertion but for one thing. */
const forgeries: Record<string, Bent> = {
  "another challenge": { challenge: base64urlOf(new Uint8Array(32)) },
  "an empty challenge": { challenge: "" },
  "another site": { origin: "https://kinboard.example" },
  "another port": { origin: "http://localhost:8080" },
  "another scheme": { origin: "https://localhost" },
  "a subdomain of ours": { origin: "http://app.localhost" },
  "a page that frames us": { crossOrigin: true },
  "a page that frames us and says which": { crossOrigin: true, topOrigin: "https://evil.example" },
  "a registration in place of a sign-in": { type: "webauthn.create" },
  "another name of the relying party": { rpId: "kinboard.example" },
  "nobody present": { flags: HONEST & ~FLAGS.present },
  "nobody verified": { flags: HONEST & ~FLAGS.verified },
  "backed up though it may not be": { flags: (HONEST & ~FLAGS.mayBackUp) | FLAGS.backedUp },
  "another kind of key than was registered": { flags: FLAGS.present | FLAGS.verified },
  "a counter that stands still": { counter: 5 },
  "a counter that runs backwards": { counter: 4 },
  "a key of somebody else": { signWith: someone },
  "a signature with one bit turned": { after: ({ signature }) => flip(signature, signature.length - 1) },
  "data changed after it was signed": { after: ({ authenticatorData }) => flip(authenticatorData, authenticatorData.length - 1) },
  "words changed after they were signed": { after: (sent) => void (sent.clientDataJSON = new TextEncoder().encode(new TextDecoder().decode(sent.clientDataJSON).replace("{", "{ "))) },
  "no signature": { after: (sent) => void (sent.signature = new Uint8Array()) },
  "data cut short": { after: (sent) => void (sent.authenticatorData = sent.authenticatorData.slice(0, 36)) },
  "the handle of somebody else": { userHandle: base64urlOf(new TextEncoder().encode("user_other")) },
  "an unknown credential": { id: base64urlOf(new Uint8Array(32)) },
  "two ids": { rawId: base64urlOf(new Uint8Array(32)) },
};

test.each(Object.entries(forgeries))("AUTH-2: refused: %s", async (_what, bent) => {
  const ctx = testContext();
  const { passkey, userId } = await withPasskey(ctx);
  await arrive(ctx, passkey, { counter: 5 });
  await expect(arrive(ctx, passkey, { counter: 6, ...bent })).rejects.toThrow(refused as Error);
  expect(await ctx.db.select().from(sessions).where(eq(sessions.userId, userId))).toHaveLength(2); // where it was registered, and the honest one
  await arrive(ctx, passkey, { counter: 6 });
});

test("AUTH-2: a challenge is good once: used, failed, lapsed or for another purpose it is gone", async () => {
  const ctx = testContext();
  const { userId, passkey } = await withPasskey(ctx);
  const used = await offerSignIn(ctx);
  await signInWithPasskey(ctx, await passkey.assert(used.challengeId, used.options.challenge), "bearer");
  await expect(signInWithPasskey(ctx, await passkey.assert(used.challengeId, used.options.challenge), "bearer")).rejects.toThrow(refused as Error);

  const failed = await offerSignIn(ctx);
  await expect(signInWithPasskey(ctx, await passkey.assert(failed.challengeId, failed.options.challenge, { origin: "https://evil.example" }), "bearer")).rejects.toThrow(refused as Error);
  await expect(signInWithPasskey(ctx, await passkey.assert(failed.challengeId, failed.options.challenge), "bearer")).rejects.toThrow(refused as Error);

  const lapsed = await offerSignIn(ctx);
  ctx.setNow(ctx.clock.now() + 10 * 60_000);
  await expect(signInWithPasskey(ctx, await passkey.assert(lapsed.challengeId, lapsed.options.challenge), "bearer")).rejects.toThrow(refused as Error);

  const other = await offerStepUp(ctx, await actorOf(ctx, userId));
  await expect(signInWithPasskey(ctx, await passkey.assert(other.challengeId, other.options.challenge), "bearer")).rejects.toThrow(refused as Error);
  expect(await ctx.db.select().from(passkeyChallenges).where(eq(passkeyChallenges.id, failed.challengeId))).toEqual([]);
});

test("AUTH-2: one assertion sent twenty times at the same instant opens one session", async () => {
  const ctx = testContext();
  const { passkey } = await withPasskey(ctx);
  const { challengeId, options } = await offerSignIn(ctx);
  const shown = await passkey.assert(challengeId, options.challenge);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => signInWithPasskey(ctx, shown, "bearer")));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(1);
});

test("AUTH-2: of a copied key and its original at the same count and instant, one gets in", async () => {
  const ctx = testContext();
  const { passkey } = await withPasskey(ctx);
  const tries = await Promise.allSettled([1, 2, 3].map(() => arrive(ctx, passkey, { counter: 9 })));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(1);
});

test("AUTH-2: the passkey of somebody deactivated opens nothing", async () => {
  const ctx = testContext();
  const { userId, passkey } = await withPasskey(ctx);
  await ctx.db.update(users).set({ status: "deactivated" }).where(eq(users.id, userId));
  await expect(arrive(ctx, passkey)).rejects.toThrow(refused as Error);
});

test.each<[string, Bent]>([
  ["another challenge", { challenge: base64urlOf(new Uint8Array(32)) }],
  ["another site", { origin: "https://kinboard.example" }],
  ["another relying party", { rpId: "kinboard.example" }],
  ["nobody verified", { flags: FLAGS.present | FLAGS.mayBackUp | FLAGS.backedUp }],
  ["a sign-in in place of a registration", { type: "webauthn.get" }],
])("AUTH-2: no passkey is kept from %s", async (_what, bent) => {
  const ctx = testContext();
  const actor = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  await expect(register(ctx, actor, bent)).rejects.toThrow(expect.objectContaining({ reason: "passkey_unusable" }));
  expect(await listPasskeys(ctx, actor)).toEqual([]);
});

test("AUTH-2: a challenge for one person registers nothing for another, and no passkey has two owners", async () => {
  const ctx = testContext();
  const mine = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  const theirs = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  const passkey = await register(ctx, mine);
  for (const offered of [mine, theirs]) {
    const { challengeId, options } = await offerRegistration(ctx, offered);
    await expect(registerPasskey(ctx, theirs, await passkey.attest(challengeId, options.challenge, "Stolen"))).rejects.toThrow(expect.objectContaining({ reason: "passkey_unusable" }));
  }
});

test("AUTH-2: an attestation that its own key did not sign is refused", async () => {
  const ctx = testContext();
  const actor = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  const passkey = await SoftPasskey.make(actor.userId);
  const { challengeId, options } = await offerRegistration(ctx, actor);
  const sent = await passkey.attest(challengeId, options.challenge, "Forged");
  const attestation = isoCBOR.decodeFirst<Map<string, unknown>>(bytesOf(sent.credential.response.attestationObject));
  const { signature } = (await passkey.assert(challengeId, options.challenge)).credential.response;
  attestation.set("fmt", "packed").set("attStmt", new Map<string, unknown>([["alg", -7], ["sig", bytesOf(signature)]]));
  sent.credential.response.attestationObject = base64urlOf(isoCBOR.encode(attestation as never));
  await expect(registerPasskey(ctx, actor, sent)).rejects.toThrow(expect.objectContaining({ code: "invalid_input", reason: "passkey_unusable" }));
  expect(await listPasskeys(ctx, actor)).toEqual([]);
});

test("AUTH-2: a browser that does not say how its passkey is reached keeps one all the same", async () => {
  const ctx = testContext();
  const actor = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  const passkey = await SoftPasskey.make(actor.userId);
  const { challengeId, options } = await offerRegistration(ctx, actor);
  const sent = await passkey.attest(challengeId, options.challenge, "Old browser");
  delete sent.credential.response.transports;
  await registerPasskey(ctx, actor, sent);
  expect(await listPasskeys(ctx, actor)).toMatchObject([{ name: "Old browser", transports: [] }]);
});

test("AUTH-2: in the browser's list a passkey stands under the address, and under the name of who has none", async () => {
  const ctx = testContext();
  const labelOf = async (userId: string) => {
    const actor = await actorOf(ctx, userId, { steppedUp: true });
    const { user } = (await offerRegistration(ctx, actor)).options;
    return [user.name === actor.email, user.name === actor.name, user.displayName === actor.name];
  };
  expect(await labelOf((await makePerson(ctx)).userId)).toEqual([true, false, true]);
  expect(await labelOf((await makeUnmailed(ctx)).userId)).toEqual([false, true, true]);
});

test("AUTH-2: the forms of the security page add, rename and remove a passkey, and are refused at their fields", async () => {
  const ctx = testContext();
  const actor = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  const { challengeId, options } = await offerRegistration(ctx, actor);
  const passkey = await SoftPasskey.make(actor.userId);
  const { credential } = await passkey.attest(challengeId, options.challenge, "");
  const act = async (typed: object) => {
    await doSecurityAct(ctx, actor, SecurityForm.parse(typed));
    return (await listPasskeys(ctx, actor)).map(({ name }) => name);
  };
  const problems = (typed: object) => SecurityForm.safeParse(typed).error?.issues.map(({ path, message }) => [path.join("."), message]);
  expect(problems({ act: "add-passkey", challengeId, credential, passkeyName: " " })).toEqual([["passkeyName", "passkey_name_missing"]]);
  expect(problems({ act: "add-passkey", challengeId, passkeyName: "Phone" })).toEqual([["credential", "passkey_missing"]]);
  expect(problems({ act: "rename-passkey", newPasskeyName: "x".repeat(61) })).toEqual([["passkeyId", "missing"], ["newPasskeyName", "too_long"]]);
  expect(await act({ act: "add-passkey", challengeId, credential, passkeyName: " Phone " })).toEqual(["Phone"]);
  expect(await act({ act: "rename-passkey", passkeyId: passkey.id, newPasskeyName: "Old phone" })).toEqual(["Old phone"]);
  expect(await act({ act: "remove-passkey", passkeyId: passkey.id })).toEqual([]);
});

test("AUTH-2, AUTH-10: a database that fails is no refusal: nothing is kept or opened, and no wrong passkey is written down", async () => {
  const ctx = testContext();
  const { userId, passkey } = await withPasskey(ctx);
  const actor = await actorOf(ctx, userId, { steppedUp: true });
  await expect(register(failing(ctx), actor)).rejects.toBe(LOST);
  await expect(arrive(failing(ctx), passkey)).rejects.toBe(LOST);
  const { challengeId, options } = await offerStepUp(ctx, actor);
  await expect(stepUp(failing(ctx), actor, { method: "passkey", ...(await passkey.assert(challengeId, options.challenge)) })).rejects.toBe(LOST);
  expect([(await listPasskeys(ctx, actor)).length, await outcomesOf(ctx, userId)]).toEqual([1, []]);
});
