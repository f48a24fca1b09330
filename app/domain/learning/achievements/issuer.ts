/** The addresses under which a school is known to verifiers. They stand in credentials for good. */
export const issuerUrl = (origin: string, schoolId: string) => `${origin}/api/v1/issuers/${schoolId}`;
export const keyUrl = (issuer: string, keyId: string) => `${issuer}/keys/${keyId}`;
export const revocationsUrl = (issuer: string) => `${issuer}/revocations`;
export const jwksUrl = (issuer: string) => `${issuer}/jwks`;
/** Names the credential, and leads nowhere: its public link is the family's to close. */
export const credentialUri = (issuer: string, achievementId: string) => `${issuer}#${achievementId}`;
export const verifyUrl = (origin: string, linkCode: string) => `${origin}/verify/${linkCode}`;
