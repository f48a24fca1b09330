import * as z from "zod";
import { bake } from "#app/domain/learning/achievements/picture.ts";
import { rotateKey } from "#app/domain/learning/achievements/signing-key.server.ts";
import { readIssuer, readJwks, readPublicKey, readRevocations, verifyByLink } from "#app/domain/learning/achievements/verify-achievement.server.ts";
import { notFound } from "#app/domain/errors.ts";
import { endpoint } from "./endpoint.ts";

/** Open Badges 3.0 for verifiers: who signs, with what, what was taken back, and the credential itself to whoever has its link. */
const SchoolId = z.object({ schoolId: z.string() });
const Link = z.object({ linkCode: z.string().max(100) });
/** Verifiers may run in browsers on other sites. */
const OPEN = { "Access-Control-Allow-Origin": "*" };
const Jwk = z.object({ kty: z.string(), n: z.string(), e: z.string(), alg: z.string(), use: z.string(), kid: z.string() }).meta({ id: "PublicJwk" });
const fresh = { ...OPEN, "Cache-Control": "no-cache" };
const fileOf = (text: string, type: string) => ({ status: 200 as const, file: new Blob([text]).stream(), headers: { ...fresh, "Content-Type": type } });

const anybody = { method: "get" as const, tag: "Credentials", actor: "anyone" as const, policy: "open" as const, refusals: [404 as const] };

export const credentials = [
  endpoint({
    ...anybody, path: "/issuers/{schoolId}", summary: "A school as issuer of Open Badges", params: SchoolId,
    answers: { 200: z.object({ id: z.url(), type: z.array(z.string()), name: z.string(), url: z.url(), jwks: z.url(), revocations: z.url() }).meta({ id: "Issuer" }) },
    handle: async ({ ctx, params }) => ({ status: 200, body: await readIssuer(ctx, params.schoolId), headers: OPEN }),
  }),
  endpoint({
    ...anybody, path: "/issuers/{schoolId}/jwks", summary: "All keys with which it ever signed", params: SchoolId, answers: { 200: z.object({ keys: z.array(Jwk) }).meta({ id: "Jwks" }) },
    handle: async ({ ctx, params }) => ({ status: 200, body: await readJwks(ctx, params.schoolId), headers: OPEN }),
  }),
  endpoint({
    ...anybody, path: "/issuers/{schoolId}/keys/{keyId}", summary: "The key that a credential's `kid` names", params: SchoolId.extend({ keyId: z.string() }), answers: { 200: Jwk },
    handle: async ({ ctx, params }) => ({ status: 200, body: await readPublicKey(ctx, params.schoolId, params.keyId), headers: OPEN }),
  }),
  endpoint({
    ...anybody, path: "/issuers/{schoolId}/revocations", summary: "What it took back: a 1EdTech revocation list", params: SchoolId,
    answers: { 200: z.object({ id: z.url(), issuer: z.url(), revokedCredential: z.array(z.object({ id: z.url(), revoked: z.boolean() })) }).meta({ id: "RevocationList" }) },
    handle: async ({ ctx, params }) => ({ status: 200, body: await readRevocations(ctx, params.schoolId), headers: fresh }),
  }),
  endpoint({
    method: "post", path: "/issuers/{schoolId}/keys", tag: "Credentials", summary: "Sign with a new key from now on; what the old ones signed still holds", actor: "required", policy: "school:administer", params: SchoolId, answers: { 201: z.object({ keyId: z.string() }) }, refusals: [409],
    handle: async ({ ctx, actor, params }) => ({ status: 201, body: { keyId: await rotateKey(ctx, actor, params.schoolId) } }),
  }),
  endpoint({
    ...anybody, path: "/credentials/{linkCode}", summary: "The credential: a JWT, signed", params: Link, file: "text/plain", answers: { 200: null },
    handle: async ({ ctx, params }) => fileOf((await verifyByLink(ctx, params.linkCode)).jws, "text/plain; charset=utf-8"),
  }),
  endpoint({
    ...anybody, path: "/credentials/{linkCode}/picture", summary: "The same as a picture with the credential baked in", params: Link, file: "image/svg+xml", answers: { 200: null },
    handle: async ({ ctx, params }) => {
      const { claims, jws } = await verifyByLink(ctx, params.linkCode);
      if (!claims) throw notFound();
      const { achievement } = claims.credentialSubject;
      return fileOf(bake({ kind: achievement.achievementType === "Badge" ? "badge" : "certificate", title: claims.name, school: claims.issuer.name, date: claims.validFrom.slice(0, 10) }, jws), "image/svg+xml");
    },
  }),
];
