/**
 * What Open Badges 3.0 (section "Data Model") and the Verifiable Credentials Data Model 2.0 ask of an AchievementCredential, for the classes that ours have.
 * In our own words, because 1EdTech's licence keeps the text of its schema to registered users (decision 026); stricter where their prose is stricter than their schema.
 */
const uri = { type: "string", pattern: "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+$" };
const text = { type: "string", pattern: "\\S" };
/** An instant with its offset. */
const stamp = { type: "string", pattern: "^\\d{4}-(0\\d|1[0-2])-([0-2]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$" };
const typesWith = (...oneOf: string[]) => ({ type: "array", uniqueItems: true, items: { type: "string" }, contains: { enum: oneOf } });

const achievementTypes = [
  "Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree", "Award", "Badge", "BachelorDegree", "Certificate", "CertificateOfCompletion", "Certification", "CoCurricular",
  "CommunityService", "Competency", "Course", "Degree", "Diploma", "DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment", "JourneymanCertificate", "LearningProgram", "License", "MasterCertificate", "MasterDegree",
  "Membership", "MicroCredential", "ProfessionalDoctorate", "QualityAssuranceCredential", "ResearchDoctorate", "SecondarySchoolDiploma",
];
const identityTypes = [
  "accountId", "emailAddress", "identifier", "isbn", "issn", "lisSourcedId", "ltiContextId", "ltiDeploymentId", "ltiPlatformId", "ltiToolId", "ltiUserId", "name", "nationalIdentityNumber", "oneRosterSourcedId", "productId",
  "sisSourcedId", "sourcedId", "systemId", "userName",
];
const orExtended = (values: string[]) => ({ anyOf: [{ enum: values }, { type: "string", pattern: "^ext:[A-Za-z0-9._-]+$" }] });

const profile = { type: "object", required: ["id", "type"], properties: { id: uri, type: typesWith("Profile"), name: text, url: uri } };
const identity = {
  type: "object", required: ["type", "hashed", "identityHash", "identityType"], additionalProperties: false,
  properties: { type: { const: "IdentityObject" }, hashed: { type: "boolean" }, identityHash: { type: "string" }, identityType: orExtended(identityTypes), salt: { type: "string" } },
  if: { properties: { hashed: { const: true } } }, then: { properties: { identityHash: { pattern: "^(sha256\\$[0-9A-Fa-f]{64}|md5\\$[0-9A-Fa-f]{32})$" } } },
};
const achievement = {
  type: "object", required: ["id", "type", "name", "description", "criteria"],
  properties: {
    id: uri, type: typesWith("Achievement"), achievementType: orExtended(achievementTypes), name: text, description: text,
    criteria: { type: "object", properties: { id: uri, narrative: text }, anyOf: [{ required: ["id"] }, { required: ["narrative"] }] },
  },
};
const subject = {
  type: "object", required: ["type", "achievement"], anyOf: [{ required: ["id"] }, { required: ["identifier"] }],
  properties: { id: uri, type: typesWith("AchievementSubject"), identifier: { type: "array", minItems: 1, items: identity }, achievement },
};

export const achievementCredential: object = {
  $schema: "https://json-schema.org/draft/2019-09/schema",
  type: "object", required: ["@context", "id", "type", "issuer", "validFrom", "credentialSubject"],
  properties: {
    "@context": {
      type: "array", minItems: 2, additionalItems: { type: ["string", "object"] },
      items: [{ const: "https://www.w3.org/ns/credentials/v2" }, { type: "string", pattern: "^https://purl\\.imsglobal\\.org/spec/ob/v3p0/context(-3\\.\\d\\.\\d)?\\.json$" }],
    },
    id: uri, type: { allOf: [typesWith("VerifiableCredential"), typesWith("AchievementCredential", "OpenBadgeCredential")] }, name: text,
    issuer: { anyOf: [uri, profile] }, validFrom: stamp, validUntil: stamp, credentialSubject: subject,
    credentialStatus: { type: "object", required: ["id", "type"], properties: { id: uri, type: text } },
    credentialSchema: { type: "array", items: { type: "object", required: ["id", "type"], properties: { id: uri, type: text } } },
  },
};
