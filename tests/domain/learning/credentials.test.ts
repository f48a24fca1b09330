import { readFileSync } from "node:fs";
import { Ajv2019 } from "ajv/dist/2019.js";
import fc from "fast-check";
import { createLocalJWKSet, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { claimsAgree, claimsOf, credentialOf, hashName, type Claims, type Given } from "#app/domain/learning/achievements/credential.ts";
import { makeKeyPair, sign, verify } from "#app/domain/learning/achievements/jws.ts";
import { bake, wrap } from "#app/domain/learning/achievements/picture.ts";
import { standingOf, verdictOn } from "#app/domain/learning/achievements/rules.ts";
import { achievementCredential } from "#tests/open-badges.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const given: Given = {
  id: "ach_1", kind: "badge", title: "Reading champion", description: "", criteria: "Reads ten books", issuedAt: NOW, expiresAt: NOW + 86_400_000, school: { id: "school_1", name: "Acacia" },
  subject: "urn:uuid:6b2c9b0e-3c4b-4a5e-8a44-1d8f2f1f0d11", name: { hash: `sha256$${"0a".repeat(32)}`, salt: "salt" },
};
const credential = credentialOf("https://kinboard.test", given);
const KID = "https://kinboard.test/api/v1/issuers/school_1/keys/key_1";
const keys = await makeKeyPair();
const signed = await sign(claimsOf(credential), keys.privateJwk, KID);
const known = new Map([[KID, keys.publicJwk]]);

test("STD-2: an independent library accepts the JWT by the school's key set, and it is what the specification asks for", async () => {
  const jwks = createLocalJWKSet({ keys: [{ ...keys.publicJwk, kid: KID } as never] });
  const { payload, protectedHeader } = await jwtVerify(signed, jwks, { issuer: credential.issuer.id, subject: given.subject, algorithms: ["RS256"], currentDate: new Date(NOW), requiredClaims: ["jti", "nbf", "exp"] });
  expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: KID });
  expect(payload).toMatchObject({ ...credential, jti: credential.id, nbf: NOW / 1000, exp: NOW / 1000 + 86_400 });
  expect(payload).not.toHaveProperty("vc");
  await expect(jwtVerify(signed, jwks, { currentDate: new Date(NOW + 86_400_000) })).rejects.toThrow(/exp/);
  await expect(jwtVerify(signed, createLocalJWKSet({ keys: [{ ...(await makeKeyPair()).publicJwk, kid: KID } as never] }))).rejects.toThrow(/signature/);
});

/** 1EdTech's own text, for who holds a copy (decision 026): `OPEN_BADGES_SCHEMA=ob_v3p0_achievementcredential_schema.json`. */
const published = process.env.OPEN_BADGES_SCHEMA;
const schemas = [["the specification", achievementCredential], ...(published ? [["the published schema", JSON.parse(readFileSync(published, "utf8")) as object] as const] : [])] as const;

describe.each(schemas)("STD-2: held against %s", (_name, schema) => {
  const conforms = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
  const words = fc.stringMatching(/^\S.{0,80}$/);

  test("every kind that is issued passes, ends or not, described or not, also as the payload of its JWT", () => {
    fc.assert(fc.property(fc.constantFrom("certificate" as const, "badge" as const), words, fc.oneof(fc.constant(""), words), fc.option(fc.integer({ min: NOW + 86_400_000, max: NOW * 2 })), (kind, title, description, expiresAt) => {
      const made = credentialOf("https://kinboard.test", { ...given, kind, title, description, expiresAt });
      for (const each of [made, claimsOf(made)]) expect(conforms(each), JSON.stringify(conforms.errors)).toBe(true);
    }));
  });

  test.each([
    ["@context"], ["id"], ["type"], ["issuer"], ["issuer", "id"], ["issuer", "type"], ["validFrom"], ["credentialSubject"], ["credentialSubject", "type"], ["credentialSubject", "identifier", "0", "identityHash"],
    ["credentialSubject", "achievement"], ...["id", "type", "name", "description", "criteria"].map((field) => ["credentialSubject", "achievement", field]), ["credentialStatus", "id"], ["credentialSchema", "0", "type"],
  ])("without %s %s %s %s it fails, and so with another kind of value there", (...path: string[]) => {
    for (const value of [undefined, 7]) expect(conforms(changedAt(credential, path, value))).toBe(false);
  });

  test.each<[string[], unknown]>([
    [["type"], ["VerifiableCredential"]], [["@context", "0"], "https://www.w3.org/2018/credentials/v1"], [["credentialSubject", "achievement", "achievementType"], "Rosette"], [["credentialSubject", "identifier", "0", "name"], "Amina"],
  ])("%j that says %j fails", (path, value) => expect(conforms(changedAt(credential, path, value))).toBe(false));
});

function changedAt(whole: object, path: string[], value: unknown): object {
  const copy = structuredClone(whole) as Record<string, unknown>;
  const inner = path.slice(0, -1).reduce((found, step) => found[step] as Record<string, unknown>, copy);
  if (value === undefined) delete inner[path.at(-1)!];
  else inner[path.at(-1)!] = value;
  return copy;
}

test("STD-2: the public half holds nothing of the private one", () => {
  expect(Object.keys(keys.publicJwk).sort()).toEqual(["alg", "e", "kty", "n", "use"]);
});

test("STD-2: whatever letter is changed, moved or left out, the signature fails", async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: signed.length - 1 }), fc.constantFrom("A", "B", "-", "", "."), async (at, letter) => {
    const changed = signed.slice(0, at) + letter + signed.slice(at + 1);
    if (changed === signed) return;
    const claims = await verify(changed, known);
    // The last letter of a part has bits that mean nothing.
    if (claims !== null) expect(claims).toEqual(await verify(signed, known));
  }), { numRuns: 300 });
  expect(await verify(signed, new Map())).toBeNull();
  const unsigned = `${btoa(JSON.stringify({ alg: "none", kid: KID }))}.${signed.split(".")[1]}.`;
  const nameless = `${btoa(JSON.stringify({ alg: "RS256" }))}.${signed.split(".").slice(1).join(".")}`;
  for (const text of ["", "a.b", "a.b.c", unsigned, nameless]) expect(await verify(text, known)).toBeNull();
});

test.each(["iss", "jti", "sub", "nbf", "exp"] as const)("STD-2: a claim `%s` that says other than the credential makes it no credential", (claim) => {
  const claims = claimsOf(credential);
  expect(claimsAgree(claims)).toBe(true);
  expect(claimsAgree({ ...claims, [claim]: typeof claims[claim] === "number" ? 1 : "other" } as Claims)).toBe(false);
});

test("STD-2: taken back outweighs run out; a forged one is neither", () => {
  fc.assert(fc.property(fc.option(fc.integer({ min: 0, max: 100 })), fc.option(fc.integer({ min: 1, max: 100 })), fc.integer({ min: 0, max: 120 }), (revokedAt, expiresAt, now) => {
    expect(standingOf({ revokedAt, expiresAt }, now)).toBe(revokedAt !== null ? "revoked" : expiresAt !== null && now >= expiresAt ? "expired" : "valid");
  }));
  const expected = { issuer: credential.issuer.id, id: credential.id };
  const claims = claimsOf(credential);
  expect(verdictOn(claims, expected, null, NOW)).toBe("valid");
  expect(verdictOn(claims, expected, NOW, NOW)).toBe("revoked");
  expect(verdictOn(claims, expected, null, NOW + 86_400_000)).toBe("expired");
  for (const forged of [verdictOn(null, expected, null, NOW), verdictOn(claims, { ...expected, issuer: "https://other.test" }, null, NOW), verdictOn(claims, { ...expected, id: "other" }, null, NOW), verdictOn(claims, expected, null, NOW - 1000)]) expect(forged).toBe("forged");
});

test("STD-2: a name is hashed as the specification's own example is", async () => {
  expect(await hashName("a@example.com", "Kosher")).toBe("sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399");
  expect(await hashName("  Amina   Otieno ", "s")).toBe(await hashName("Amina Otieno", "s"));
});

test("STD-2: the picture carries the credential where the baking chapter says, whatever the title", () => {
  fc.assert(fc.property(fc.constantFrom("badge" as const, "certificate" as const), fc.string({ minLength: 1, maxLength: 120, size: "max" }), fc.string({ maxLength: 80, size: "max" }), (kind, title, school) => {
    const svg = bake({ kind, title, school, date: "2026-11-24" }, signed);
    expect(svg).toContain(`xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"`);
    expect([...svg.matchAll(/<openbadges:credential verify="([\w.-]+)"><\/openbadges:credential>/g)].map((found) => found[1])).toEqual([signed]);
    expect(svg.replace(/<\/?(svg|openbadges:credential|circle|rect|path|g|text)(\s[^<>]*)?\/?>|<\?xml[^<>]*\?>/g, "")).not.toMatch(/[<>]/);
  }));
});

test("STD-2: a long title is broken into lines that fit", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200, size: "max" }), (text) => {
    const lines = wrap(text, 22, 4);
    expect(lines.length).toBeLessThanOrEqual(4);
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(22);
  }));
  expect(wrap("Ten books read aloud", 10, 4)).toEqual(["Ten books", "read aloud"]);
  expect(wrap("Donaudampfschifffahrtsgesellschaft", 10, 4)).toEqual(["Donaudamp…"]);
  expect(wrap("one two three four", 5, 2)).toEqual(["one", "two…"]);
});
