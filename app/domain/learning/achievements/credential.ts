import { credentialUri, issuerUrl, revocationsUrl } from "./issuer.ts";

export type Given = {
  id: string; kind: "certificate" | "badge"; title: string; description: string; criteria: string; issuedAt: number; expiresAt: number | null;
  school: { id: string; name: string };
  /** A pseudonym of this one credential, so that two of a child cannot be laid side by side. */
  subject: string;
  /** The child's name, salted and hashed: who knows the name can check it, nobody reads it. */
  name: { hash: string; salt: string };
};

/** An OpenBadgeCredential of Open Badges 3.0 (1EdTech), after the Verifiable Credentials Data Model 2.0. */
export function credentialOf(origin: string, given: Given) {
  const issuer = issuerUrl(origin, given.school.id);
  const id = credentialUri(issuer, given.id);
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],
    id,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: given.title,
    issuer: { id: issuer, type: ["Profile"], name: given.school.name, url: origin },
    validFrom: second(given.issuedAt),
    ...(given.expiresAt === null ? {} : { validUntil: second(given.expiresAt) }),
    credentialSubject: {
      id: given.subject,
      type: ["AchievementSubject"],
      identifier: [{ type: "IdentityObject", hashed: true, identityHash: given.name.hash, identityType: "name", salt: given.name.salt }],
      achievement: {
        id: `${id}-achievement`, type: ["Achievement"], achievementType: given.kind === "badge" ? "Badge" : "Certificate", name: given.title,
        description: given.description || given.criteria, criteria: { narrative: given.criteria },
      },
    },
    credentialStatus: { id: revocationsUrl(issuer), type: "1EdTechRevocationList" },
    credentialSchema: [{ id: "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json", type: "1EdTechJsonSchemaValidator2019" }],
  };
}
type Credential = ReturnType<typeof credentialOf>;

/** The credential with the claims that the JWT proof format asks for. */
export const claimsOf = (credential: Credential) => ({
  ...credential,
  iss: credential.issuer.id, jti: credential.id, sub: credential.credentialSubject.id, nbf: numericDate(credential.validFrom),
  ...(credential.validUntil === undefined ? {} : { exp: numericDate(credential.validUntil) }),
});
export type Claims = ReturnType<typeof claimsOf>;

/** Whether the claims say what the credential says, as the specification demands of verifiers. */
export const claimsAgree = (claims: Claims): boolean =>
  claims.iss === claims.issuer?.id && claims.jti === claims.id && claims.sub === claims.credentialSubject?.id && claims.nbf === numericDate(claims.validFrom)
  && (claims.validUntil === undefined ? claims.exp === undefined : claims.exp === numericDate(claims.validUntil));

/** JWTs count in seconds: so do the dates that stand beside them. */
const second = (instant: number) => `${new Date(instant).toISOString().slice(0, 19)}Z`;
const numericDate = (at: string) => Math.floor(Date.parse(at) / 1000);

/** The specification's IdentityHash of a name as it is written. */
export async function hashName(name: string, salt: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name.trim().replace(/\s+/g, " ") + salt));
  return `sha256$${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
