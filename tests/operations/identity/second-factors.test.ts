import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { makeBackupCodes } from "#app/domain/identity/make-backup-codes.server.ts";
import { loadFactorStatus, loadSecondFactorPage } from "#app/domain/identity/security-page.server.ts";
import { doSecondFactorAct, SecondFactorForm } from "#app/domain/identity/second-factor-acts.server.ts";
import { sendCodeToHalf } from "#app/domain/identity/send-sign-in-code.server.ts";
import { disableCodes, enableCodes, resendFirstCode, setUpCodeFactor } from "#app/domain/identity/set-up-code-factor.server.ts";
import { disableTotp, enableTotp, setUpTotp } from "#app/domain/identity/set-up-totp.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { codeAt } from "#app/domain/identity/totp.ts";
import { verifySecondFactor } from "#app/domain/identity/verify-second-factor.server.ts";
import { backupCodes, totpFactors } from "#db/schema/identity.ts";
import { notifications } from "#db/schema/notifications.ts";
import { beforeCommit, failing, LOST } from "#tests/before-commit.ts";
import { actorOf, PASSWORD, signedIn, testContext, type TestContext } from "#tests/world.ts";
import { half, last, newPhone, stepped, withPhone } from "./by-phone.ts";
import { makePerson, makeUnmailed, visiting } from "./people.ts";

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

test("AUTH-4: the app shows the account under its address, and under the name of who has none", async () => {
  const ctx = testContext();
  for (const [person, label] of [[await makePerson(ctx), "email"], [await makeUnmailed(ctx), "name"]] as const) {
    const actor = await actorOf(ctx, person.userId, { steppedUp: true });
    const { secret, uri } = await setUpTotp(ctx, actor);
    expect(uri).toContain(`Kinboard:${encodeURIComponent(actor[label]!)}?`);
    expect((await loadSecondFactorPage(ctx, actor)).pending).toEqual({ secret, uri });
  }
});

test("AUTH-4: what is on already is not turned on again; a database that fails turns nothing on and says so", async () => {
  const ctx = testContext();
  const person = await withTotp(ctx);
  const actor = await actorOf(ctx, person.userId, { steppedUp: true });
  await expect(enableTotp(ctx, actor, codeAt(person.secret, ctx.clock.now()))).rejects.toMatchObject({ code: "conflict", reason: "totp_enabled_already" });
  const other = await actorOf(ctx, (await makePerson(ctx)).userId, { steppedUp: true });
  const { secret } = await setUpTotp(ctx, other);
  await expect(enableTotp(failing(ctx), other, codeAt(secret, ctx.clock.now()))).rejects.toBe(LOST);
  expect(await loadFactorStatus(ctx, other)).toMatchObject({ totp: { enabled: false }, backupCodes: { left: 0 } });
});

test("AUTH-5: without an address there is nowhere to send the first code", async () => {
  const ctx = testContext();
  const actor = await stepped(ctx, await makeUnmailed(ctx));
  for (const [channel, message] of [["sms", "phone_missing"], ["email", "email_missing"]] as const)
    await expect(setUpCodeFactor(ctx, actor, channel)).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "address", message }] });
});

test("AUTH-5: the first code can be sent once more to the address that was named, and the newer one counts", async () => {
  const ctx = testContext();
  const [person, phone] = [await makePerson(ctx), newPhone()];
  await setUpCodeFactor(ctx, await stepped(ctx, person), "sms", phone);
  const { code: first } = await last(ctx, phone);
  await resendFirstCode(ctx, await stepped(ctx, person), "sms");
  const { code: second } = await last(ctx, phone);
  if (first !== second) await expect(enableCodes(ctx, await stepped(ctx, person), "sms", first)).rejects.toMatchObject({ fields: [{ path: "code", message: "wrong_code" }] });
  expect((await enableCodes(ctx, await stepped(ctx, person), "sms", second)).backupCodes).toHaveLength(10);
});

test("AUTH-5, AUTH-6: a second factor beside the first leaves the backup codes as they are; taken away it is told, one never proven is not", async () => {
  const ctx = testContext();
  const person = await withPhone(ctx);
  const told = async () => (await ctx.db.select().from(notifications).where(eq(notifications.userId, person.userId)).orderBy(notifications.id)).map(({ facts }) => (facts as { what: string }).what);
  await setUpCodeFactor(ctx, await stepped(ctx, person), "email");
  await disableCodes(ctx, await stepped(ctx, person), "email");
  expect(await told()).toEqual(["sms_codes_enabled"]);
  await setUpCodeFactor(ctx, await stepped(ctx, person), "email");
  expect(await enableCodes(ctx, await stepped(ctx, person), "email", (await last(ctx, person.identifier)).code)).toEqual({ backupCodes: [] });
  expect((await verifySecondFactor(await half(ctx, person), person.backupCodes[0]!)).kind).toBe("browser");
  await disableCodes(ctx, await stepped(ctx, person), "email");
  expect([await told(), (await loadFactorStatus(ctx, await stepped(ctx, person))).backupCodes.left]).toEqual([["sms_codes_enabled", "email_codes_enabled", "email_codes_disabled"], 9]);
});

test("AUTH-5: of two that show the first code at the same instant one turns the factor on; a database that fails turns nothing on", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const actor = await stepped(ctx, person);
  await setUpCodeFactor(ctx, actor, "email");
  const { code } = await last(ctx, person.identifier);
  await expect(enableCodes(failing(ctx), actor, "email", code)).rejects.toBe(LOST);
  expect((await loadFactorStatus(ctx, actor)).email).toEqual({ enabled: false, address: null });
  await expect(enableCodes(beforeCommit(ctx, () => enableCodes(ctx, actor, "email", code)), actor, "email", code)).rejects.toMatchObject({ code: "conflict", reason: "code_factor_enabled_already" });
  expect(await loadFactorStatus(ctx, actor)).toMatchObject({ email: { enabled: true, address: `a…${person.identifier.slice(person.identifier.indexOf("@"))}` }, backupCodes: { left: 10 } });
});

test("AUTH-5, AUTH-6: the forms of the second factor set codes up, turn them on, make new backup codes and turn them off", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const act = async (typed: object) => doSecondFactorAct(ctx, await stepped(ctx, person), SecondFactorForm.parse(typed));
  expect(await act({ act: "begin-codes", channel: "email" })).toBeUndefined();
  const { backupCodes: first } = (await act({ act: "enable-codes", channel: "email", code: (await last(ctx, person.identifier)).code }))!;
  const { backupCodes: second } = (await act({ act: "new-codes" }))!;
  expect([first.length, second.length, new Set([...first, ...second]).size]).toEqual([10, 10, 20]);
  await act({ act: "disable-codes", channel: "email" });
  expect((await loadFactorStatus(ctx, await stepped(ctx, person))).email.enabled).toBe(false);
  await expect(act({ act: "new-codes" })).rejects.toMatchObject({ code: "conflict", reason: "factor_not_set_up" });
});

test.each([
  [{ act: "begin-codes", channel: "sms", address: "0712" }, ["address"]], [{ act: "begin-codes", channel: "sms" }, ["address"]], [{ act: "begin-codes", channel: "email", address: "nobody" }, ["address"]],
  [{ act: "begin-codes", channel: "owl" }, ["channel"]], [{ act: "enable-codes", channel: "sms" }, ["code"]], [{ act: "disable-codes" }, ["channel"]], [{ act: "enable", code: " " }, ["code"]], [{ act: "sesame" }, ["act"]],
])("AUTH-5: %j is refused at its field", (typed, paths) => {
  expect(SecondFactorForm.safeParse(typed).error?.issues.map(({ path }) => path.join("."))).toEqual(paths);
});

test("AUTH-7: without a half-session there is nothing to complete and nobody to send a code to", async () => {
  const ctx = testContext();
  const person = await withPhone(ctx);
  const whole = { value: await signedIn(ctx, person.userId, { kind: "browser" }), via: "cookie" as const };
  const shown = { value: (await half(ctx, person)).visit.token!.value, via: "bearer" as const };
  for (const token of [null, whole, shown]) {
    await expect(verifySecondFactor(visiting(ctx, { token }), person.backupCodes[0]!)).rejects.toMatchObject({ code: "unauthenticated", reason: "sign_in_again" });
    await expect(sendCodeToHalf(visiting(ctx, { token }), "sms")).rejects.toMatchObject({ code: "unauthenticated", reason: "sign_in_again" });
  }
});
