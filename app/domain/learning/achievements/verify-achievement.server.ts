import { selectByLink, selectKeysByLink, selectRevoked } from "#db/achievements.ts";
import { selectIssuer, selectPublicKeys, type PublicKey } from "#db/signing-keys.ts";
import type { AppContext } from "../../../context.ts";
import { notFound } from "../../errors.ts";
import { claimsAgree, hashName, type Claims } from "./credential.ts";
import { credentialUri, issuerUrl, jwksUrl, keyUrl, revocationsUrl } from "./issuer.ts";
import { verify } from "./jws.ts";
import { verdictOn } from "./rules.ts";

/** What anybody who has the link learns: what the credential itself says, and whether that holds. Its words are those that were signed. */
export async function verifyByLink(ctx: AppContext, linkCode: string) {
  const [[found], keys] = await ctx.db.batch([selectByLink(ctx.db, linkCode), selectKeysByLink(ctx.db, linkCode)]);
  if (!found) throw notFound();
  const { id, schoolId, credential, revokedAt } = found.achievement;
  const issuer = issuerUrl(ctx.settings.origin, schoolId);
  const signed = (await verify(credential, byKid(issuer, keys))) as Claims | null;
  const claims = signed && claimsAgree(signed) ? signed : null;
  const verdict = verdictOn(claims, { issuer, id: credentialUri(issuer, id) }, revokedAt, ctx.clock.now());
  return { verdict, claims: verdict === "forged" ? null : claims, revokedAt, jws: credential };
}
export type Verified = Awaited<ReturnType<typeof verifyByLink>>;

/** Whether the credential was given to somebody of that name, as far as the name is written the same. */
export async function isGivenTo(ctx: AppContext, linkCode: string, name: string): Promise<boolean> {
  const { claims } = await verifyByLink(ctx, linkCode);
  const identity = claims?.credentialSubject.identifier[0];
  return identity !== undefined && (await hashName(name, identity.salt)) === identity.identityHash;
}

const byKid = (issuer: string, keys: PublicKey[]) => new Map(keys.map(({ id, publicJwk }) => [keyUrl(issuer, id), publicJwk]));

async function findIssuer(ctx: AppContext, schoolId: string) {
  const [[issuer], keys] = await ctx.db.batch([selectIssuer(ctx.db, schoolId), selectPublicKeys(ctx.db, schoolId)]);
  if (!issuer) throw notFound();
  return { name: issuer.issuerName, url: issuerUrl(ctx.settings.origin, schoolId), keys };
}

/** The school as verifiers know it. */
export async function readIssuer(ctx: AppContext, schoolId: string) {
  const { name, url } = await findIssuer(ctx, schoolId);
  return { id: url, type: ["Profile"], name, url: ctx.settings.origin, jwks: jwksUrl(url), revocations: revocationsUrl(url) };
}

export async function readJwks(ctx: AppContext, schoolId: string): Promise<{ keys: JsonWebKey[] }> {
  return { keys: (await findIssuer(ctx, schoolId)).keys.map(({ publicJwk }) => publicJwk) };
}

export async function readPublicKey(ctx: AppContext, schoolId: string, keyId: string): Promise<JsonWebKey> {
  const key = (await findIssuer(ctx, schoolId)).keys.find(({ id }) => id === keyId);
  if (!key) throw notFound();
  return key.publicJwk;
}

/** 1EdTech's revocation list: ids and nothing else. Why something was taken back is told to the family. */
export async function readRevocations(ctx: AppContext, schoolId: string) {
  const [[issuer], revoked] = await ctx.db.batch([selectIssuer(ctx.db, schoolId), selectRevoked(ctx.db, schoolId)]);
  if (!issuer) throw notFound();
  const url = issuerUrl(ctx.settings.origin, schoolId);
  return { id: revocationsUrl(url), issuer: url, revokedCredential: revoked.map(({ id }) => ({ id: credentialUri(url, id), revoked: true })) };
}
