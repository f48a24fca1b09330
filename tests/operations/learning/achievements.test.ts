import { Validator } from "@cfworker/json-schema";
import { eq } from "drizzle-orm";
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from "jose";
import { expect, test } from "vitest";
import { giveAchievement } from "#app/domain/learning/achievements/give-achievement.server.ts";
import { rotateKey } from "#app/domain/learning/achievements/signing-key.server.ts";
import { revokeAchievement } from "#app/domain/learning/achievements/revoke-achievement.server.ts";
import { verifyByLink } from "#app/domain/learning/achievements/verify-achievement.server.ts";
import { users } from "#db/schema/identity.ts";
import { achievements, signingKeys } from "#db/schema/daily-life.ts";
import { notifications } from "#db/schema/notifications.ts";
import { achievementCredential } from "#tests/open-badges.ts";
import { visitor } from "#tests/visit.ts";
import { actorOf, api, join, makeEnrolment, makeFamily, makeSchool, makeTeacher, send, signedIn, testContext, type TestContext } from "#tests/world.ts";

const INPUT = { kind: "badge" as const, title: "Reading champion", description: "", criteria: "Reads ten books" };

async function school(now = Date.now()) {
  const ctx = testContext(now);
  const family = await makeFamily(ctx);
  const teacherId = await makeTeacher(ctx, family.schoolId);
  await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId });
  return { ctx, family, teacherId, teacher: await actorOf(ctx, teacherId) };
}

const rowOf = async (ctx: TestContext, id: string) => (await ctx.db.select().from(achievements).where(eq(achievements.id, id)))[0]!;
const nameOf = async (ctx: TestContext, id: string) => (await ctx.db.select({ name: users.name }).from(users).where(eq(users.id, id)))[0]!.name;
const json = async <T>(answer: Response) => (await answer.json()) as T;

test("STD-2: any verifier can check it with what the public addresses say, and it names the child to nobody", async () => {
  const { ctx, family, teacher } = await school();
  const { linkCode } = await rowOf(ctx, await giveAchievement(ctx, teacher, family.childId, INPUT));
  const jwt = await (await api("GET", `/credentials/${linkCode}`)).text();
  const issuer = await json<{ id: string; jwks: string; revocations: string }>(await api("GET", `/issuers/${family.schoolId}`));
  const jwks = createLocalJWKSet(await json<JSONWebKeySet>(await api("GET", new URL(issuer.jwks).pathname.replace("/api/v1", ""))));
  const { payload, protectedHeader } = await jwtVerify(jwt, jwks, { issuer: issuer.id, algorithms: ["RS256"] });
  expect(await json(await send("GET", new URL(protectedHeader.kid!).pathname))).toMatchObject({ kty: "RSA", kid: protectedHeader.kid });
  expect(payload).toMatchObject({ type: ["VerifiableCredential", "OpenBadgeCredential"], name: "Reading champion", credentialStatus: { id: issuer.revocations, type: "1EdTechRevocationList" } });
  expect(JSON.stringify(payload)).not.toContain(await nameOf(ctx, family.childId));
  expect(JSON.stringify(payload)).not.toContain(family.childId);
  const picture = await api("GET", `/credentials/${linkCode}/picture`);
  expect([picture.headers.get("Content-Type"), await picture.text()]).toEqual(["image/svg+xml", expect.stringContaining(`<openbadges:credential verify="${jwt}">`)]);
});

test("STD-2: whatever a school gives is an AchievementCredential as the specification's data model has it", async () => {
  const { ctx, family, teacher } = await school();
  const schema = new Validator(achievementCredential, "2019-09", false);
  for (const kind of ["certificate", "badge"] as const) for (const more of [{}, { description: "For everyone who reads" }, { lastDay: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) }]) {
    const { credential } = await rowOf(ctx, await giveAchievement(ctx, teacher, family.childId, { ...INPUT, kind, ...more }));
    const { issuer, ...rest } = decodeJwt(credential);
    expect(schema.validate({ issuer, ...rest }).errors).toEqual([]);
    expect(schema.validate(rest).valid).toBe(false);
  }
});

test("LRN-5: the public page says who gave what, checks a name, and knows what was taken back, has expired or was changed", async () => {
  const { ctx, family, teacher } = await school(Date.now() - 40 * 86_400_000);
  const lastDay = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
  const [real, dated, changed, gone] = [await giveAchievement(ctx, teacher, family.childId, INPUT), await giveAchievement(ctx, teacher, family.childId, { ...INPUT, lastDay }), await giveAchievement(ctx, teacher, family.childId, INPUT), await giveAchievement(ctx, teacher, family.childId, INPUT)];
  await revokeAchievement(ctx, teacher, gone, "Given by mistake");
  const forged = (await rowOf(ctx, changed)).credential.split(".");
  const payload = JSON.parse(atob(forged[1]!.replace(/-/g, "+").replace(/_/g, "/"))) as Record<string, unknown>;
  forged[1] = btoa(JSON.stringify({ ...payload, name: "Doctor" })).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  await ctx.db.update(achievements).set({ credential: forged.join(".") }).where(eq(achievements.id, changed));
  const page = async (id: string) => (await send("GET", `/verify/${(await rowOf(ctx, id)).linkCode}`)).text();
  expect(await page(real)).toMatch(/Yes, this is real[\s\S]*Reading champion/);
  expect(await page(dated)).toMatch(/It has expired/);
  expect(await page(changed)).toMatch(/No, this is not real/);
  expect(await page(changed)).not.toMatch(/Doctor/);
  expect(await page(gone)).toMatch(/No, this was taken back/);
  expect(await page(gone)).not.toMatch(/Given by mistake/);
  const list = await json<{ revokedCredential: { id: string; revoked: boolean }[] }>(await api("GET", `/issuers/${family.schoolId}/revocations`));
  expect(list.revokedCredential).toEqual([{ id: expect.stringContaining(`#${gone}`) as string, revoked: true }]);
  const ask = async (name: string) => (await send("POST", `/verify/${(await rowOf(ctx, real)).linkCode}`, { headers: { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" }, text: new URLSearchParams({ name }).toString() })).text();
  expect(await ask(await nameOf(ctx, family.childId))).toMatch(/Yes, it was given to/);
  expect(await ask("Somebody else")).toMatch(/No, it was not given to Somebody else/);
});

test("STD-2: after the key is changed, old credentials hold by the old key and new ones are signed by the new", async () => {
  const { ctx, family, teacher } = await school();
  const before = await giveAchievement(ctx, teacher, family.childId, INPUT);
  await expect(rotateKey(ctx, await actorOf(ctx, family.adminId), family.schoolId)).rejects.toMatchObject({ code: "step_up_required" });
  await rotateKey(ctx, await actorOf(ctx, family.adminId, { steppedUp: true }), family.schoolId);
  const after = await giveAchievement(ctx, teacher, family.childId, INPUT);
  const [old, recent] = [await rowOf(ctx, before), await rowOf(ctx, after)];
  const kid = ({ credential }: { credential: string }) => (JSON.parse(atob(credential.split(".")[0]!)) as { kid: string }).kid;
  expect(kid(old)).not.toBe(kid(recent));
  for (const { linkCode } of [old, recent]) expect((await verifyByLink(ctx, linkCode!)).verdict).toBe("valid");
  await ctx.db.delete(signingKeys).where(eq(signingKeys.id, kid(old).split("/").at(-1)!));
  expect((await verifyByLink(ctx, old.linkCode!)).verdict).toBe("forged");
});

test("STD-2: two who give at the same time, before the school has a key, sign with one", async () => {
  const { ctx, family, teacher } = await school();
  const given = await Promise.all([1, 2, 3].map(() => giveAchievement(ctx, teacher, family.childId, INPUT)));
  expect((await ctx.db.select().from(signingKeys).where(eq(signingKeys.schoolId, family.schoolId))).length).toBe(1);
  for (const id of given) expect((await verifyByLink(ctx, (await rowOf(ctx, id)).linkCode!)).verdict).toBe("valid");
  const repeat = { key: "k", fingerprint: "f" };
  expect(await giveAchievement(ctx, teacher, family.childId, INPUT, repeat)).toBe(await giveAchievement(ctx, teacher, family.childId, INPUT, repeat));
});

test("LRN-5: a teacher or the administration gives and takes back; the family is told; nobody else may", async () => {
  const { ctx, family, teacher } = await school();
  const admin = await actorOf(ctx, family.adminId);
  const id = await giveAchievement(ctx, teacher, family.childId, INPUT);
  const told = async (cause: string) => (await ctx.db.select({ userId: notifications.userId }).from(notifications).where(eq(notifications.cause, cause))).map(({ userId }) => userId).sort();
  expect(await told(`${id}.given`)).toEqual([family.childId, family.guardianId, family.otherGuardianId, family.viewerId].sort());
  const stranger = await makeTeacher(ctx, family.schoolId);
  await expect(giveAchievement(ctx, await actorOf(ctx, stranger), family.childId, INPUT)).rejects.toMatchObject({ code: "not_found" });
  await expect(giveAchievement(ctx, await actorOf(ctx, family.guardianId), family.childId, INPUT)).rejects.toMatchObject({ code: "forbidden" });
  await expect(giveAchievement(ctx, teacher, family.childId, { ...INPUT, lastDay: "2020-01-01" })).rejects.toMatchObject({ fields: [{ path: "lastDay", message: "achievement_ends_too_soon" }] });
  const other = await makeTeacher(ctx, family.schoolId);
  await makeEnrolment(ctx, { schoolId: family.schoolId, studentId: family.childId, teacherId: other });
  await expect(revokeAchievement(ctx, await actorOf(ctx, other), id, "No")).rejects.toMatchObject({ code: "forbidden" });
  await expect(revokeAchievement(ctx, await actorOf(ctx, stranger), id, "No")).rejects.toMatchObject({ code: "not_found" });
  await revokeAchievement(ctx, admin, id, "Given by mistake");
  await revokeAchievement(ctx, admin, id, "Another reason");
  expect(await rowOf(ctx, id)).toMatchObject({ revokedBecause: "Given by mistake" });
  expect((await told(`${id}.revoked`)).length).toBe(4);
});

test("LRN-5: who teaches the student at two schools says in whose name they give; a school of others is none", async () => {
  const { ctx, family, teacherId } = await school();
  const [second, foreign] = [await makeSchool(ctx), await makeSchool(ctx)];
  await join(ctx, teacherId, second.schoolId, "teacher");
  await join(ctx, family.childId, second.schoolId, "student");
  await makeEnrolment(ctx, { schoolId: second.schoolId, studentId: family.childId, teacherId });
  const teacher = await actorOf(ctx, teacherId);
  const inName = async (schoolId?: string) => (await rowOf(ctx, await giveAchievement(ctx, teacher, family.childId, { ...INPUT, schoolId }))).schoolId;
  expect([await inName(second.schoolId), await inName(family.schoolId)]).toEqual([second.schoolId, family.schoolId]);
  expect([family.schoolId, second.schoolId]).toContain(await inName());
  await expect(inName(foreign.schoolId)).rejects.toMatchObject({ fields: [{ path: "schoolId", message: "not_a_choice" }] });
});

test("LRN-5: a key that was used for another achievement is refused", async () => {
  const { ctx, family, teacher } = await school();
  const give = (fingerprint: string) => giveAchievement(ctx, teacher, family.childId, INPUT, { key: "k", fingerprint });
  await give("one");
  await expect(give("other")).rejects.toMatchObject({ code: "conflict", reason: "idempotency_key_reused" });
  expect(await ctx.db.select().from(achievements).where(eq(achievements.studentId, family.childId))).toHaveLength(1);
});

test("LRN-5: a guardian closes the link, and opens another; the school never has it", async () => {
  const { ctx, family, teacher, teacherId } = await school();
  const id = await giveAchievement(ctx, teacher, family.childId, INPUT);
  const token = async (userId: string, steppedUp = false) => signedIn(ctx, userId, { steppedUp });
  const first = (await rowOf(ctx, id)).linkCode!;
  expect((await api("DELETE", `/achievements/${id}/link`, { token: await token(family.viewerId) })).status).toBe(403);
  expect((await api("DELETE", `/achievements/${id}/link`, { token: await token(family.guardianId) })).status).toBe(204);
  for (const path of [`/verify/${first}`, `/api/v1/credentials/${first}`, `/api/v1/credentials/${first}/picture`]) expect((await send("GET", path)).status, path).toBe(404);
  expect((await api("PUT", `/achievements/${id}/link`, { token: await token(family.guardianId) })).status).toBe(403);
  const { verifyUrl } = await json<{ verifyUrl: string }>(await api("PUT", `/achievements/${id}/link`, { token: await token(family.guardianId, true) }));
  expect(verifyUrl).not.toContain(first);
  expect((await send("GET", new URL(verifyUrl).pathname)).status).toBe(200);
  const listed = async (userId: string) => (await json<{ items: { verifyUrl: string | null }[] }>(await api("GET", `/children/${family.childId}/achievements`, { token: await token(userId) }))).items.map((item) => item.verifyUrl);
  expect([await listed(family.guardianId), await listed(teacherId)]).toEqual([[verifyUrl], [null]]);
});

test("LRN-5: given and taken back by plain forms", async () => {
  const { ctx, family, teacherId } = await school();
  const page = await visitor(ctx, teacherId);
  const at = `/students/${family.childId}/achievements/new`;
  expect((await page.open(at)).status).toBe(200);
  const refused = await page.post(at, { key: "k", kind: "certificate", title: "Swimmer" });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringMatching(/Say what one does to earn it\.[\s\S]*value="Swimmer"/)]);
  const sent = { key: "k", kind: "certificate", title: "Swimmer", criteria: "Swims 25 metres" };
  const list = `/children/${family.childId}/achievements`;
  expect((await page.post(at, sent)).headers.get("Location")).toBe(`${list}?done=given`);
  expect((await page.post(at, sent)).status).toBe(303);
  const rows = await ctx.db.select().from(achievements).where(eq(achievements.studentId, family.childId));
  expect(rows.length).toBe(1);
  expect(await (await page.open(`${list}?revoke=${rows[0]!.id}`)).text()).toMatch(/Take back “Swimmer”/);
  const unsaid = await page.post(list, { act: "revoke", achievementId: rows[0]!.id });
  expect([unsaid.status, await unsaid.text()]).toEqual([400, expect.stringMatching(/Say why it is taken back/)]);
  expect((await page.post(list, { act: "revoke", achievementId: rows[0]!.id, reason: "Wrong child" })).headers.get("Location")).toBe(`${list}?done=revoked`);
  expect(await (await page.open(list)).text()).toMatch(/Taken back[\s\S]*Wrong child/);
});
