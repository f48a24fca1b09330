import { env } from "cloudflare:workers";
import { desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "#app/domain/clock.ts";
import { makeClassCode } from "#app/domain/identity/open-class.server.ts";
import { hashOneTimeSecret } from "#app/domain/identity/one-time-secret.server.ts";
import { sendSignInCode } from "#app/domain/identity/send-sign-in-code.server.ts";
import { disableCodes, enableCodes, resendFirstCode, setUpCodeFactor } from "#app/domain/identity/set-up-code-factor.server.ts";
import { loadFactorStatus } from "#app/domain/identity/security-page.server.ts";
import { listClass, signInByClass } from "#app/domain/identity/sign-in-by-class.server.ts";
import { signIn } from "#app/domain/identity/sign-in.server.ts";
import { verifySecondFactor } from "#app/domain/identity/verify-second-factor.server.ts";
import { passwords } from "#db/schema/identity.ts";
import { deliveries, mailboxMessages } from "#db/schema/notifications.ts";
import { jobs } from "#db/schema/operation.ts";
import { actorOf, api, makeEnrolment, makeFamily, makeTeacher, PASSWORD, runJobs, signedIn, testContext, type TestContext } from "#tests/world.ts";
import { smsMoods, smsTo, smsUrl } from "#tests/vendors/client.ts";
import { Visitor } from "#tests/visitor.ts";
import { parseEnv } from "#worker/env.ts";
import { smsSenderFor } from "#worker/providers/sms/sms.ts";
import { half, last, newPhone, stepped, withPhone } from "./by-phone.ts";
import { makePerson, outcomesOf, workAt, type Person } from "./people.ts";

const askFor = (ctx: TestContext, { userId, phone }: { userId: string; phone: string }) => sendSignInCode(ctx, { userId, codeAddresses: [{ channel: "sms", address: phone }] }, "sms");

test("AUTH-5: the first code proves the number; the text holds nothing but it, and it is stored nowhere", async () => {
  const ctx = testContext();
  const [person, phone] = [await makePerson(ctx), newPhone()];
  await expect(setUpCodeFactor(ctx, await actorOf(ctx, person.userId), "sms", phone)).rejects.toThrow(expect.objectContaining({ code: "step_up_required" }));
  await setUpCodeFactor(ctx, await stepped(ctx, person), "sms", phone);
  expect((await signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "browser")).kind).toBe("browser");
  const text = await last(ctx, phone);
  expect(text).toMatchObject({ channel: "sms", body: `${text.code} is your Kinboard code. It is good for 10 minutes.` });
  const stored = await Promise.all((await ctx.db.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('sent_codes', 'jobs', 'code_factors', 'audit_events', 'deliveries')")).map(({ name }) => ctx.db.all(`SELECT * FROM ${name}`)));
  expect(JSON.stringify(stored)).not.toContain(text.code);
  await expect(enableCodes(ctx, await stepped(ctx, person), "email", text.code)).rejects.toThrow(expect.objectContaining({ fields: [{ path: "code", message: "wrong_code" }] }));
  expect((await enableCodes(ctx, await stepped(ctx, person), "sms", text.code)).backupCodes).toHaveLength(10);
  expect((await loadFactorStatus(ctx, await stepped(ctx, person))).sms).toEqual({ enabled: true, address: `+254 … ${phone.slice(-2)}` });
  expect((await signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "browser")).kind).toBe("half");
  await expect(setUpCodeFactor(ctx, await stepped(ctx, person), "sms", newPhone())).rejects.toThrow(expect.objectContaining({ reason: "code_factor_enabled_already" }));
});

test("AUTH-5: codes by e-mail go to the account's address unless another is named", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  await setUpCodeFactor(ctx, await stepped(ctx, person), "email");
  await enableCodes(ctx, await stepped(ctx, person), "email", (await last(ctx, person.identifier)).code);
  const waiting = await half(ctx, person);
  await sendSignInCode(ctx, { userId: person.userId, codeAddresses: [{ channel: "email", address: person.identifier }] }, "email");
  expect((await verifySecondFactor(waiting, (await last(ctx, person.identifier)).code)).kind).toBe("browser");
  expect((await outcomesOf(ctx, person.userId)).slice(-2)).toEqual(["second_factor_required", "success"]);
});

describe("AUTH-5: a code that was sent", () => {
  test("is good once, also at the same instant", async () => {
    const ctx = testContext();
    const person = await withPhone(ctx);
    const waiting = await Promise.all([half(ctx, person), half(ctx, person), half(ctx, person), half(ctx, person)]);
    await askFor(ctx, person);
    const { code } = await last(ctx, person.phone);
    const tried = await Promise.allSettled(waiting.map((one) => verifySecondFactor(one, code)));
    expect(tried.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await expect(verifySecondFactor(await half(ctx, person), code)).rejects.toThrow(expect.objectContaining({ reason: "wrong_code" }));
  });

  test("is good for ten minutes, and only if it is the newest", async () => {
    const ctx = testContext();
    const person = await withPhone(ctx);
    await askFor(ctx, person);
    const { code: first } = await last(ctx, person.phone);
    await askFor(ctx, person);
    const { code: second } = await last(ctx, person.phone);
    if (first !== second) await expect(verifySecondFactor(await half(ctx, person), first)).rejects.toThrow(expect.objectContaining({ reason: "wrong_code" }));
    ctx.setNow(ctx.clock.now() + 10 * MINUTE);
    const waiting = await half(ctx, person);
    await expect(verifySecondFactor(waiting, second)).rejects.toThrow(expect.objectContaining({ reason: "wrong_code" }));
    ctx.setNow(ctx.clock.now() - 1);
    expect((await verifySecondFactor(waiting, second)).kind).toBe("browser");
  });

  test("of a set-up opens nothing at sign-in, and one of a sign-in sets nothing up", async () => {
    const ctx = testContext();
    const person = await withPhone(ctx);
    await setUpCodeFactor(ctx, await stepped(ctx, person), "email");
    const { code } = await last(ctx, person.identifier);
    await expect(verifySecondFactor(await half(ctx, person), code)).rejects.toThrow(expect.objectContaining({ reason: "wrong_code" }));
    await askFor(ctx, person);
    const { code: other } = await last(ctx, person.phone);
    await expect(enableCodes(ctx, await stepped(ctx, person), "email", other)).rejects.toThrow(expect.objectContaining({ fields: [{ path: "code", message: "wrong_code" }] }));
  });

  test("is guessed at five times in fifteen minutes, of forty at the same instant", async () => {
    const ctx = testContext();
    const person = await withPhone(ctx);
    await askFor(ctx, person);
    const { code } = await last(ctx, person.phone);
    const waiting = await half(ctx, person);
    const wrong = code === "000000" ? "000001" : "000000";
    const tried = await Promise.allSettled(Array.from({ length: 40 }, () => verifySecondFactor(waiting, wrong)));
    expect(tried.filter((one) => one.status === "rejected" && (one.reason as { code: string }).code === "unauthenticated")).toHaveLength(5);
    await expect(verifySecondFactor(waiting, code)).rejects.toThrow(expect.objectContaining({ code: "rate_limited" }));
  });

  test("is sent six times an hour to one person and to one address", async () => {
    const ctx = testContext();
    const person = await withPhone(ctx); // one
    const sent = await Promise.allSettled(Array.from({ length: 20 }, () => askFor(ctx, person)));
    expect(sent.filter((one) => one.status === "fulfilled")).toHaveLength(5);
    const other = await makePerson(ctx);
    await expect(setUpCodeFactor(ctx, await stepped(ctx, other), "sms", person.phone)).rejects.toThrow(expect.objectContaining({ code: "rate_limited" }));
    ctx.setNow(ctx.clock.now() + 1.5 * HOUR);
    await askFor(ctx, person);
  });

  test("is not sent any more when another has taken its place before the provider was reached", async () => {
    const ctx = testContext();
    const person = await withPhone(ctx);
    const count = async () => (await ctx.db.select().from(mailboxMessages).where(eq(mailboxMessages.recipient, person.phone))).length;
    const before = await count();
    await askFor(ctx, person);
    await askFor(ctx, person);
    await runJobs(ctx);
    expect(await count()).toBe(before + 1);
    expect((await ctx.db.select().from(jobs).where(eq(jobs.kind, "send-code"))).filter((job) => job.status === "failed")).toEqual([]);
  });
});

test("AUTH-6: backup codes stand in for a phone, and go with the last factor", async () => {
  const ctx = testContext();
  const person = await withPhone(ctx);
  expect((await verifySecondFactor(await half(ctx, person), person.backupCodes[0]!)).kind).toBe("browser");
  await disableCodes(ctx, await stepped(ctx, person), "sms");
  expect((await loadFactorStatus(ctx, await stepped(ctx, person)))).toMatchObject({ sms: { enabled: false }, backupCodes: { left: 0 } });
  expect((await signIn(ctx, { identifier: person.identifier, password: PASSWORD }, "browser")).kind).toBe("browser");
});

test("AUTH-5: a set-up can be sent again, and moved to another address before it is proven", async () => {
  const ctx = testContext();
  const person = await makePerson(ctx);
  const [first, second] = [newPhone(), newPhone()];
  await expect(resendFirstCode(ctx, await stepped(ctx, person), "sms")).rejects.toThrow(expect.objectContaining({ reason: "code_factor_not_started" }));
  await setUpCodeFactor(ctx, await stepped(ctx, person), "sms", first);
  const { code } = await last(ctx, first);
  await setUpCodeFactor(ctx, await stepped(ctx, person), "sms", second);
  const { code: good } = await last(ctx, second);
  if (code !== good) await expect(enableCodes(ctx, await stepped(ctx, person), "sms", code)).rejects.toThrow();
  await enableCodes(ctx, await stepped(ctx, person), "sms", good);
});

test("AUTH-5: by API alone: set up, have a code sent at sign-in, sign in with it, turn off", async () => {
  const ctx = testContext(Date.now());
  const [person, phone] = [await makePerson(ctx), newPhone()];
  const token = await signedIn(ctx, person.userId, { steppedUp: true });
  expect((await api("POST", "/auth/2fa/sms/setup", { token, body: { address: "0712" } })).status).toBe(400);
  expect((await api("POST", "/auth/2fa/sms/setup", { token, body: { address: phone.replace(/(\d{3})$/, " $1") } })).status).toBe(204);
  const on = await api("POST", "/auth/2fa/sms/verify", { token, body: { code: (await last(ctx, phone, true)).code } });
  expect(((await on.json()) as { backupCodes: string[] }).backupCodes).toHaveLength(10);
  const asked = await api("POST", "/auth/tokens", { body: { identifier: person.identifier, password: PASSWORD, sendCodeBy: "sms" } });
  expect([asked.status, await asked.json()]).toEqual([401, expect.objectContaining({ code: "second_factor_required", methods: ["sms"] })]);
  const signed = await api("POST", "/auth/tokens", { body: { identifier: person.identifier, password: PASSWORD, code: (await last(ctx, phone, true)).code } });
  expect(signed.status).toBe(201);
  expect((await api("POST", "/auth/2fa/sms/disable", { token })).status).toBe(204);
  expect(await (await api("GET", "/auth/2fa/status", { token })).json()).toMatchObject({ sms: { enabled: false, address: null } });
});

test("AUTH-5: by pages without scripts: another way is chosen, the code is sent and opens what was wanted", async () => {
  const ctx = testContext(Date.now());
  const person = await withPhone(ctx);
  const browser = new Visitor();
  const first = await browser.post("/sign-in?to=%2Finbox", { identifier: person.identifier, password: PASSWORD });
  expect(first.headers.get("Location")).toBe("/sign-in/verify?to=%2Finbox");
  const page = await (await browser.get(first.headers.get("Location")!)).text();
  expect(page).toContain(`Send a code by SMS to +254 … ${person.phone.slice(-2)}`);
  expect(page).not.toContain(person.phone);
  const sent = await browser.post("/sign-in/verify?to=%2Finbox", { act: "send", by: "sms" });
  expect(await (await browser.get(sent.headers.get("Location")!)).text()).toContain("We sent a code by SMS");
  expect((await browser.post(sent.headers.get("Location")!, { act: "send", by: "email" })).status).toBe(400);
  const done = await browser.post(sent.headers.get("Location")!, { code: (await last(ctx, person.phone, true)).code });
  expect([done.status, done.headers.get("Location")]).toEqual([303, "/inbox"]);
  expect((await browser.get("/inbox")).status).toBe(200);
});

test("AUTH-5, NOT-3: a code goes out by the provider over HTTP, again after each 5xx, and reaches the phone once", async () => {
  const mailbox = testContext();
  const ctx: TestContext = { ...mailbox, sms: smsSenderFor(parseEnv({ ...env, SMS_API_URL: smsUrl(), SMS_API_KEY: "sms_test" }), mailbox.db, mailbox.clock) };
  const [person, phone] = [await makePerson(ctx), newPhone()];
  await smsMoods(phone, ["unavailable", "lost_answer", "unavailable"]);
  await setUpCodeFactor(ctx, await stepped(ctx, person), "sms", phone);
  const said: (string | null)[] = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    await runJobs(ctx);
    const [job] = await ctx.db.select().from(jobs).where(eq(jobs.kind, "send-code")).orderBy(desc(jobs.id)).limit(1);
    said.push(job!.status === "done" ? "done" : job!.lastError);
    ctx.setNow(ctx.clock.now() + MINUTE);
  }
  expect(said).toEqual(["Error: SMS service answered 503", "Error: SMS service answered 502", "Error: SMS service answered 503", "done"]);
  const [message, ...others] = await smsTo(phone);
  expect([message, others]).toEqual([{ id: expect.stringMatching(/^msg_/), from: "Kinboard", to: phone, text: expect.stringMatching(/^\d{6} is your Kinboard code\. It is good for 10 minutes\.$/) }, []]);
  expect(await ctx.db.select().from(deliveries).where(eq(deliveries.userId, person.userId))).toMatchObject([{ channel: "sms", providerRef: message!.id }]);
  expect((await enableCodes(ctx, await stepped(ctx, person), "sms", message!.text.slice(0, 6))).backupCodes).toHaveLength(10);
});

test("Q-14, AUTH-13: at every door for a code, a PIN or a class, what is known and what is not take the same round trips, jobs and hashes", async () => {
  const ctx = testContext();
  const family = await makeFamily(ctx);
  const teacherId = await makeTeacher(ctx, family.schoolId);
  const { classId } = await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId });
  const { code } = await makeClassCode(ctx, await actorOf(ctx, teacherId), classId);
  const { student } = (await listClass(ctx, code))![0]!;
  const [byPhone, byMail, plain, onceOnly] = [await withPhone(ctx), await makePerson(ctx), await makePerson(ctx), await makePerson(ctx, "child")];
  await setUpCodeFactor(ctx, await stepped(ctx, byMail), "email");
  await enableCodes(ctx, await stepped(ctx, byMail), "email", (await last(ctx, byMail.identifier)).code);
  await ctx.db.update(passwords).set({ hash: await hashOneTimeSecret(ctx, onceOnly.userId, "246810") }).where(eq(passwords.userId, onceOnly.userId));
  const child = (await makePerson(ctx, "child")).identifier;
  const half = (person: Person, channel: "sms" | "email", address: string) => () => sendSignInCode(ctx, { userId: person.userId, codeAddresses: [{ channel, address }] }, channel);
  const enter = (input: object) => (typed: string) => signIn(ctx, { password: typed, ...input } as Parameters<typeof signIn>[1], "bearer");
  const choose = (who: string) => (typed: string) => signInByClass(ctx, { code, student: who, pin: typed }, "browser");
  const setUp = (channel: "sms" | "email", address: string) => async () => setUpCodeFactor(ctx, await stepped(ctx, await makePerson(ctx)), channel, address);
  const doors: Record<string, ((typed: string) => Promise<unknown>)[]> = {
    "send by SMS at sign-in": [byPhone, byMail, plain, { identifier: "nobody@example.test" }].map(({ identifier }) => enter({ identifier, sendCodeBy: "sms" })),
    "send by e-mail at sign-in": [byPhone, byMail, plain, { identifier: "nobody@example.test" }].map(({ identifier }) => enter({ identifier, sendCodeBy: "email" })),
    "a code along with the password": [byPhone, plain, { identifier: "nobody@example.test" }].map(({ identifier }) => enter({ identifier, code: "000000" })),
    "name and PIN": [child, onceOnly.identifier, "nobody.at.all"].map((identifier) => enter({ identifier })),
    "class and PIN": [student, "somebody"].map(choose),
    "send at the second step": [half(byPhone, "sms", byPhone.phone), half(byMail, "email", byMail.identifier)],
    "first code by SMS": [setUp("sms", byPhone.phone), setUp("sms", newPhone())],
    "first code by e-mail": [setUp("email", byMail.identifier), setUp("email", "nobody@example.test")],
  };
  for (const [door, tries] of Object.entries(doors)) {
    const works = [];
    for (const knock of tries) works.push(await workAt(ctx, knock));
    for (const work of works) expect(work, door).toEqual(works[0]);
    expect(works[0], door).toMatchObject(/^(send at the|first)/.test(door) ? { hashes: 0, jobs: ["send-code"], said: null } : { hashes: 1, jobs: [], said: { code: "unauthenticated" } });
  }
});
