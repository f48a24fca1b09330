import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { makeBackupCodes } from "#app/domain/identity/make-backup-codes.server.ts";
import { loadFactorStatus } from "#app/domain/identity/security-page.server.ts";
import { disableTotp, enableTotp, setUpTotp } from "#app/domain/identity/set-up-totp.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { codeAt } from "#app/domain/identity/totp.ts";
import { backupCodes, totpFactors } from "#db/schema/identity.ts";
import { actorOf, PASSWORD, testContext, type TestContext } from "#tests/world.ts";
import { makePerson } from "./people.ts";

async function withTotp(ctx: TestContext) {
  const person = await makePerson(ctx);
  const { secret, uri } = await setUpTotp(ctx, await actorOf(ctx, person.userId, { steppedUp: true }));
  const { backupCodes: codes } = await enableTotp(ctx, await actorOf(ctx, person.userId, { steppedUp: true }), codeAt(secret, ctx.clock.now()));
  ctx.setNow(ctx.clock.now() + 60_000);
  return { ...person, secret, uri, codes };
}

test("AUTH-4: set up with a secret that is stored sealed, turned on by its first code, asked for from then on", async () => {
  const ctx = testContext();
  const person = await withTotp(ctx);
  expect(person.uri).toMatch(new RegExp(`^otpauth://totp/Kinboard:.*secret=${person.secret}`));
  const [row] = await ctx.db.select().from(totpFactors).where(eq(totpFactors.userId, person.userId));
  expect(row?.sealedSecret).not.toContain(person.secret);
  await expect(signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "bearer")).rejects.toThrow(expect.objectContaining({ code: "second_factor_required" }));
  await signIn(ctx, { identifier: person.identifier, password: PASSWORD, code: codeAt(person.secret, ctx.clock.now()) }, "bearer");
});

test("AUTH-4: a secret without its first code asks nobody for anything; a wrong code turns nothing on", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const actor = await actorOf(ctx, person.userId, { steppedUp: true });
  const { secret } = await setUpTotp(ctx, actor);
  await expect(enableTotp(ctx, actor, codeAt(secret, ctx.clock.now() + 3_600_000))).rejects.toThrow(expect.objectContaining({ fields: [{ path: "code", message: "wrong_code" }] }));
  await signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "bearer");
  expect((await loadFactorStatus(ctx, actor)).totp).toEqual({ enabled: false, enabledAt: null });
});

test("AUTH-4: turning on at the same instant twice leaves one set of backup codes", async () => {
  const ctx = testContext();
  const actor = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  const { secret } = await setUpTotp(ctx, actor);
  const code = codeAt(secret, ctx.clock.now());
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => enableTotp(ctx, actor, code)));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(1);
  expect(await ctx.db.select().from(backupCodes).where(eq(backupCodes.userId, actor.userId))).toHaveLength(10);
});

test("AUTH-8: setting up, turning off and new backup codes need a step-up", async () => {
  const ctx = testContext();
  const actor = await actorOf(ctx, (await withTotp(ctx)).userId);
  const demand = expect.objectContaining({ code: "step_up_required", extra: { methods: ["password", "totp"] } });
  await expect(setUpTotp(ctx, actor)).rejects.toThrow(demand);
  await expect(disableTotp(ctx, actor)).rejects.toThrow(demand);
  await expect(makeBackupCodes(ctx, actor)).rejects.toThrow(demand);
});

test("AUTH-4: a secret in use cannot be replaced; turned off, the password is enough again", async () => {
  const ctx = testContext();
  const person = await withTotp(ctx);
  const actor = await actorOf(ctx, person.userId, { steppedUp: true });
  await expect(setUpTotp(ctx, actor)).rejects.toThrow(expect.objectContaining({ code: "conflict" }));
  await disableTotp(ctx, actor);
  await signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "bearer");
  expect(await loadFactorStatus(ctx, actor)).toMatchObject({ totp: { enabled: false, enabledAt: null }, backupCodes: { left: 0 }, passkeys: { count: 0 } });
});

test("AUTH-6: ten backup codes, stored as digests only, each good once however it is typed", async () => {
  const ctx = testContext();
  const person = await withTotp(ctx);
  expect(new Set(person.codes).size).toBe(10);
  const rows = JSON.stringify(await ctx.db.select().from(backupCodes).where(eq(backupCodes.userId, person.userId)));
  for (const code of person.codes) expect(rows).not.toContain(code.replace("-", ""));
  const [code = ""] = person.codes;
  const typed = ` ${code.toUpperCase().replace("-", " ")} `;
  await signIn(ctx, { identifier: person.identifier, password: PASSWORD, code: typed }, "bearer");
  await expect(signIn(ctx, { identifier: person.identifier, password: PASSWORD, code }, "bearer")).rejects.toThrow(expect.objectContaining({ reason: "wrong_code" }));
  expect((await loadFactorStatus(ctx, await actorOf(ctx, person.userId))).backupCodes.left).toBe(9);
});

test("AUTH-6: a backup code used ten times at the same instant opens one session", async () => {
  const ctx = testContext();
  const person = await withTotp(ctx);
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => signIn(ctx, { identifier: person.identifier, password: PASSWORD, code: person.codes[0]! }, "bearer")));
  expect(tries.filter((tried) => tried.status === "fulfilled")).toHaveLength(1);
});

test("AUTH-6: new codes make the old ones worthless, and one person's code is nothing to another", async () => {
  const ctx = testContext();
  const person = await withTotp(ctx);
  const other = await withTotp(ctx);
  const { backupCodes: fresh } = await makeBackupCodes(ctx, await actorOf(ctx, person.userId, { steppedUp: true }));
  for (const code of [person.codes[0]!, other.codes[0]!]) await expect(signIn(ctx, { identifier: person.identifier, password: PASSWORD, code }, "bearer")).rejects.toThrow(expect.objectContaining({ reason: "wrong_code" }));
  await signIn(ctx, { identifier: person.identifier, password: PASSWORD, code: fresh[0]! }, "bearer");
});
