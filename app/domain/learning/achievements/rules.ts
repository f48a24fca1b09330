import type { Claims } from "./credential.ts";

export const KINDS = ["certificate", "badge"] as const;

type Standing = "valid" | "revoked" | "expired";

export function standingOf({ revokedAt, expiresAt }: { revokedAt: number | null; expiresAt: number | null }, now: number): Standing {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && now >= expiresAt ? "expired" : "valid";
}

/** What a verifier finds: `forged` where the signature or what it should say does not hold. */
type Verdict = Standing | "forged";

export function verdictOn(claims: Claims | null, expected: { issuer: string; id: string }, revokedAt: number | null, now: number): Verdict {
  if (!claims || claims.iss !== expected.issuer || claims.jti !== expected.id || claims.nbf * 1000 > now) return "forged";
  return standingOf({ revokedAt, expiresAt: claims.exp === undefined ? null : claims.exp * 1000 }, now);
}
