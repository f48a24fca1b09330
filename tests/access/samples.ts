import { hasEveryRight, wardOf, type Actor } from "#app/domain/actor.ts";
import { PASSWORD, unique } from "#tests/world.ts";
import type { Side } from "./cast.ts";
import { verdict, type Verdict } from "./judge.ts";
import { chat } from "./samples-chat.ts";
import { learning } from "./samples-learning.ts";
import { changesLessons, helps, knowsStudent, only, opensClass, setsLessons } from "./standing.ts";

export type Sample = {
  /** Path parameters that are not simply the side's own id of that name. */
  params?: (side: Side) => Record<string, string>;
  query?: (side: Side) => Record<string, string>;
  body?: (side: Side) => unknown;
  /** What is sent to a door that takes a file. */
  file?: (side: Side) => string;
  /** Where the declared policy does not say it all: the rule in words of the requirement. */
  judge?: (actor: Actor, side: Side) => Verdict;
  /** Statuses, besides success and 409, of an act that is allowed but cannot succeed with made-up facts (a code, a signature). */
  alsoFine?: number[];
};

const kes = (amount: number) => ({ amount, currency: "KES" });
const RIGHTS = { canApprovePurchases: false, canScheduleLessons: false, canViewProgress: true, canTalkWithTeachers: false };
const credential = { id: "AAAA", rawId: "AAAA", type: "public-key", clientExtensionResults: {} };

/** The primary guardian; the child and its other guardians may know. */
const primary = (actor: Actor, side: Side): Verdict => (wardOf(actor, side.childId)?.isPrimary ? "yes" : actor.userId === side.childId || wardOf(actor, side.childId) ? "no" : "unknown");

/** A primary guardian of a child in the family. */
const householder = (actor: Actor, side: Side): Verdict => (!actor.familyIds.includes(side.familyId) ? "unknown" : wardOf(actor, side.childId)?.isPrimary ? "yes" : "no");

const administers = (actor: Actor, schoolId?: string) => actor.memberships.some((held) => (held.role === "school_admin" || held.role === "school_owner") && (schoolId === undefined || held.schoolId === schoolId));

const adults = (actor: Actor): Verdict => (actor.kind === "adult" ? "yes" : "no");
const payers = (actor: Actor): Verdict => (actor.wards.some((ward) => ward.canApprovePurchases) ? "yes" : "no");
/** The guardians and the child; the child reads them as a list. */
const guardians = (actor: Actor, side: Side): Verdict => (wardOf(actor, side.childId) ? "yes" : "unknown");

/** The administration of a school at which the child learns; to anybody else the page of a pupil does not exist. */
const schoolOf = (actor: Actor, side: Side): Verdict => (verdict(actor, "school:administer", side) === "yes" ? "yes" : "unknown");

/** Who may come in as the child by giving it a PIN: its fullest guardians, its teachers and its school. */
export const givesPin = (actor: Actor, side: Side): Verdict => {
  const ward = wardOf(actor, side.childId);
  if (ward) return hasEveryRight(ward) ? "yes" : "no";
  if (actor.userId === side.childId || actor.userId === side.tutorId) return "no";
  return opensClass(actor, side);
};

const lessonAt = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** May settle the child's consents and is not the one who proposed. */
const secondGuardian = (actor: Actor, side: Side): Verdict => (actor.userId === side.guardianId ? "yes" : wardOf(actor, side.childId) ? "no" : "unknown");

/** What each endpoint is asked with. An endpoint with parameters or a body that nothing here can fill makes the table fail. */
export const samples: Record<string, Sample> = {
  "POST /auth/tokens": { body: () => ({ identifier: "nobody@example.test", password: "wrong" }), alsoFine: [401, 429] },
  "POST /auth/step-up": { body: () => ({ method: "password", password: PASSWORD }), alsoFine: [401] },
  "POST /auth/sign-up": { body: () => ({ name: "New", email: `${unique("new")}@example.test`, password: unique("long enough "), familyName: "News", currency: "KES", timeZone: "Africa/Nairobi" }), alsoFine: [429] },
  "POST /auth/email/verify": { body: () => ({ code: "000000" }), alsoFine: [400, 401] },
  "POST /auth/email/resend": { alsoFine: [429] },
  "POST /auth/2fa/totp/verify": { body: () => ({ code: "000000" }), alsoFine: [400, 401], judge: adults },
  "POST /auth/2fa/backup-codes/verify": { body: () => ({ code: "0000-0000" }), alsoFine: [400, 401] },
  "POST /auth/2fa/sms/setup": { body: () => ({ address: `+2547${Math.floor(1e7 + Math.random() * 8e7)}` }), judge: adults },
  "POST /auth/2fa/email/setup": { body: () => ({ address: `${unique("codes")}@example.test` }), judge: adults },
  "POST /auth/2fa/sms/send": { alsoFine: [409, 429], judge: adults },
  "POST /auth/2fa/email/send": { alsoFine: [409, 429], judge: adults },
  "POST /auth/2fa/sms/verify": { body: () => ({ code: "000000" }), alsoFine: [400], judge: adults },
  "POST /auth/2fa/email/verify": { body: () => ({ code: "000000" }), alsoFine: [400], judge: adults },
  "POST /auth/passkeys": { body: () => ({ challengeId: "none", name: "Key", credential: { ...credential, response: { clientDataJSON: "AAAA", attestationObject: "AAAA" } } }), alsoFine: [400, 401], judge: adults },
  "PATCH /auth/passkeys/{passkeyId}": { body: () => ({ name: "Old phone" }), judge: only("guardianId") },
  "DELETE /auth/passkeys/{passkeyId}": { judge: only("guardianId") },
  "POST /auth/passkeys/sign-in": { body: () => ({ challengeId: "none", credential: { ...credential, response: { clientDataJSON: "AAAA", authenticatorData: "AAAA", signature: "AAAA" } } }), alsoFine: [401] },
  "POST /auth/password-reset": { body: () => ({ email: "nobody@example.test" }), alsoFine: [429] },
  "POST /auth/password-reset/confirmation": { body: () => ({ token: "none", password: unique("long enough ") }), alsoFine: [400, 401] },
  "GET /auth/class-codes/{code}": { judge: () => "yes", alsoFine: [404] },
  "POST /auth/class-codes/{code}/tokens": { body: () => ({ student: "nobody", pin: "2580" }), alsoFine: [400, 401, 429] },
  "PUT /children/{childId}/pin": { body: () => ({ pin: "8241" }), judge: givesPin },
  "GET /classes/{classId}/code": { judge: opensClass },
  "POST /classes/{classId}/code": { judge: opensClass },
  "DELETE /classes/{classId}/code": { judge: opensClass },
  "POST /auth/recovery": { body: () => ({ email: "nobody@example.test", way: "vouch" }), alsoFine: [429] },
  "POST /auth/recovery/cancellation": { body: () => ({ token: "none" }), alsoFine: [404] },
  "GET /auth/recovery/{secret}": { params: () => ({ secret: "none" }) },
  "POST /auth/recovery/{secret}/start": { params: () => ({ secret: "none" }), alsoFine: [400] },
  "POST /auth/recovery/{secret}/completion": { params: () => ({ secret: "none" }), body: () => ({ password: unique("long enough ") }), alsoFine: [400] },
  "GET /recoveries/{recoveryId}": { judge: (actor, side) => (actor.userId === side.guardianId ? "yes" : guardians(actor, side)) },
  "POST /recoveries/{recoveryId}/vouch": { body: () => ({ code: "000000" }), judge: (actor, side) => (actor.userId === side.guardianId ? "no" : guardians(actor, side)), alsoFine: [400] },
  "POST /recoveries/{recoveryId}/cancellation": { judge: only("guardianId") },
  "POST /me/tokens": { body: () => ({ name: "Calendar", scopes: ["read"], expiresInDays: 30 }), judge: adults },
  "DELETE /me/tokens/{tokenId}": { judge: only("guardianId") },
  "POST /auth/account-set-up": { body: () => ({ token: "none", password: unique("long enough ") }), alsoFine: [400, 401] },
  "POST /auth/passkeys/registration-options": { judge: adults },
  "POST /auth/2fa/totp/setup": { judge: adults },
  "GET /payment-methods": { judge: payers },
  "POST /payment-methods": { judge: payers },
  "GET /guardianships/{guardianshipId}": { judge: guardians },
  "GET /guardianships/{guardianshipId}/history": { judge: guardians },
  "DELETE /guardianships/{guardianshipId}": { judge: primary },
  "POST /purchase-requests/{requestId}/cancellation": { judge: (actor, side) => (actor.userId === side.childId ? "yes" : verdict(actor, "purchase:cancel", side) === "unknown" ? "unknown" : "no") },
  "PUT /me/password": { body: () => ({ currentPassword: PASSWORD, password: unique("long enough ") }), alsoFine: [400, 401], judge: adults },
  "DELETE /me/sessions/{sessionId}": { judge: only("guardianId") },

  "POST /families": { body: () => ({ name: "Another", currency: "KES", timeZone: "Africa/Nairobi", students: [{ username: unique("pupil").slice(0, 30), name: "Pupil", pin: "2580" }] }), judge: adults },
  "POST /families/{familyId}/students": { body: () => ({ username: unique("pupil").slice(0, 30), name: "Pupil" }) },
  "GET /families": { query: (side) => ({ schoolId: side.schoolId }), judge: (actor, side) => verdict(actor, "school:administer", side) },
  "PATCH /families/{familyId}": { body: () => ({ name: "Renamed" }) },
  "DELETE /families/{familyId}": { judge: householder },
  "POST /families/{familyId}/restoration": { judge: householder },
  "GET /users/{userId}/families": { judge: only("guardianId") },
  "PUT /users/{userId}/families/{familyId}": { params: (side) => ({ userId: side.childId, familyId: side.familyId }) },
  "DELETE /users/{userId}/families/{familyId}": { params: (side) => ({ userId: side.siblingId, familyId: side.familyId }), judge: householder },
  "POST /family-invitations": { body: (side) => ({ familyId: side.familyId, name: "Aunt", email: `${unique("aunt")}@example.test` }), judge: householder },
  "POST /family-invitations/pairing-codes": { body: (side) => ({ familyId: side.familyId }), judge: householder },
  "POST /family-invitations/{invitationId}/resend": { judge: only("guardianId"), alsoFine: [429] },
  "DELETE /family-invitations/{invitationId}": { judge: only("guardianId") },
  "POST /family-invitations/{code}/acceptance": { judge: () => "unknown" },
  "POST /family-invitations/{code}/decline": { judge: () => "unknown" },
  ...Object.fromEntries(["/consents/audit", "/consents/audit/export", "/consents/audit/verification", "/privacy/shared-data", "/privacy/access-log"].map((path) => [`GET ${path}`, { query: (side: Side) => ({ childId: side.childId }) }])),
  "GET /consents": { query: (side) => ({ childId: side.childId }) },
  "PUT /notification-preferences": {
    body: (side) => ({ quiet: null, digest: { hour: 7, weekday: 1 }, weeklyBudget: 10, choices: [{ childId: side.childId, topic: "money", channel: "push", least: "urgent" }] }), judge: guardians,
  },
  "POST /push-subscriptions": { body: () => ({ endpoint: `https://push.services.mozilla.com/${unique("browser")}` }) },
  "DELETE /push-subscriptions/{subscriptionId}": { judge: only("guardianId") },
  "PUT /consents": { body: (side) => ({ childId: side.childId, granted: true, cells: [{ dataType: "media", recipient: "teachers" }] }) },
  "POST /consent-proposals/{proposalId}/agreement": { judge: secondGuardian },
  "POST /consent-proposals/{proposalId}/decline": { judge: secondGuardian },
  "DELETE /consent-proposals/{proposalId}": { judge: (actor, side) => (actor.userId === side.coGuardianId ? "yes" : wardOf(actor, side.childId) ? "no" : "unknown") },
  "GET /guardianships": { query: (side) => ({ childId: side.childId }) },
  "POST /guardianships": { body: (side) => ({ childId: side.childId, guardianId: side.coGuardianId, relationship: "guardian" }) },
  "POST /guardianships/{guardianshipId}/loans": {
    body: (side) => ({ guardianId: side.relativeId, rights: RIGHTS, endsAt: new Date(Date.now() + 86_400_000).toISOString() }),
    // The cast's guardianship is the primary guardian's own.
    judge: (actor, side) => (actor.userId === side.guardianId ? "yes" : wardOf(actor, side.childId) ? "no" : "unknown"),
  },
  "PATCH /guardianships/{guardianshipId}": { body: () => ({ relationship: "guardian", rights: { ...RIGHTS, canApprovePurchases: true } }) },

  "GET /children/{childId}/restrictions": { judge: schoolOf },
  "POST /children/{childId}/restrictions": { body: (side) => ({ personId: side.relativeId, reason: "Court" }), judge: schoolOf },
  "DELETE /children/{childId}/restrictions/{restrictionId}": { judge: schoolOf },
  "PATCH /me/profile": { body: () => ({ locale: "en-KE" }) },
  "POST /me/profile/email": { body: () => ({ code: "000000" }), alsoFine: [400] },
  "PUT /me/avatar": { alsoFine: [400] },
  "GET /avatars/{userId}": { judge: (actor, side) => (actor.familyIds.includes(side.familyId) ? "yes" : "unknown") },

  "POST /families/{familyId}/contacts": { body: () => ({ name: "Neighbour", relationship: "neighbour", phone: "0712 345 678", isEmergency: true }) },
  "PATCH /families/{familyId}/contacts/{contactId}": { body: () => ({ note: "Only in the evening" }) },
  "GET /children/{childId}/contacts": {
    judge: (actor, side) => (actor.userId === side.childId || wardOf(actor, side.childId) || verdict(actor, "school:administer", side) === "yes" ? "yes" : [side.teacherId, side.tutorId].includes(actor.userId) ? "no" : "unknown"),
  },
  "GET /parents/{parentId}/children": { judge: only("guardianId") },
  "GET /parents/{parentId}/dashboard": { judge: only("guardianId") },
  ...chat,
  ...learning,
  "POST /notifications/read-all": { body: () => ({}) },
  "POST /notifications/{notificationId}/read": { judge: only("guardianId") },

  "POST /schools": { body: () => ({ name: "New school", currency: "KES", timeZone: "Africa/Nairobi" }), judge: adults },
  "PATCH /schools/{schoolId}": { body: () => ({ timeZone: "Africa/Kampala" }) },
  "POST /schools/{schoolId}/members": { body: (side) => ({ userId: side.childId, role: "student" }) },
  "DELETE /schools/{schoolId}/members/{userId}/roles/{role}": { params: (side) => ({ userId: side.childId, role: "student" }) },
  "DELETE /schools/{schoolId}/members/me": { judge: (actor, side) => (verdict(actor, "school:view", side) === "yes" ? adults(actor) : "unknown") },
  "GET /admin/users": { query: (side) => ({ schoolId: side.schoolId }) },
  "POST /admin/users": { query: (side) => ({ schoolId: side.schoolId }), body: () => ({ role: "school_staff", name: "New staff" }) },
  "GET /admin/users/{userId}": { params: (side) => ({ userId: side.childId }), query: (side) => ({ schoolId: side.schoolId }) },
  "PATCH /admin/users/{userId}": { params: (side) => ({ userId: side.childId }), query: (side) => ({ schoolId: side.schoolId }), body: () => ({ goal: "Reads aloud" }) },
  "DELETE /admin/users/{userId}": { params: (side) => ({ userId: side.childId }), query: (side) => ({ schoolId: side.schoolId }) },
  "POST /admin/users/{userId}/reactivation": { params: (side) => ({ userId: side.childId }), query: (side) => ({ schoolId: side.schoolId }) },
  "POST /admin/users/{userId}/password-reset": { params: (side) => ({ userId: side.childId }), query: (side) => ({ schoolId: side.schoolId }), body: () => ({ way: "credential" }) },
  "GET /admin/audit": { query: (side) => ({ schoolId: side.schoolId }) },
  "GET /admin/audit/export": { query: (side) => ({ schoolId: side.schoolId }) },
  "GET /admin/audit/verification": { query: (side) => ({ schoolId: side.schoolId }) },
  "GET /admin/merges/preview": { query: (side) => ({ schoolId: side.schoolId, keptId: side.personId, goneId: side.staffId }) },
  "POST /admin/merges": { query: (side) => ({ schoolId: side.schoolId }), body: (side) => ({ keptId: side.personId, goneId: side.staffId }) },
  "POST /admin/users/{userId}/erasure": { params: (side) => ({ userId: side.formerId }), body: () => ({ name: "Former" }), alsoFine: [404] },
  "POST /admin/guardian-assignments": { query: (side) => ({ schoolId: side.schoolId }), body: (side) => ({ guardianId: side.personId, studentIds: [side.childId], allOrNothing: true }) },
  "GET /admin/school-invitations": { query: (side) => ({ schoolId: side.schoolId }) },
  "POST /admin/school-invitations/for-child": { query: (side) => ({ schoolId: side.schoolId }), body: () => ({ name: "Parent", email: `${unique("asked")}@example.test` }), alsoFine: [429] },
  "DELETE /admin/school-invitations/{schoolInvitationId}": {},
  "POST /school-invitations/{code}/acceptance": { body: (side) => ({ childId: side.childId }), judge: () => "unknown" },
  "POST /school-invitations/{code}/decline": { judge: () => "unknown" },

  "GET /plans": { query: (side) => ({ studentId: side.childId }) },
  "POST /schools/{schoolId}/plans": { body: () => ({ name: "Ten hours", kind: "hours", price: kes(150_000), hours: 10 }) },
  "PATCH /plans/{planId}": { body: () => ({ description: "New words" }) },

  "POST /budget-controls": { body: (side) => ({ childId: side.childId, weeklyLimit: kes(500_000), monthlyLimit: null, autoApproveUpTo: null, approvalThreshold: null, rollover: "none" }) },
  "PATCH /budget-controls/{controlId}": { body: () => ({ weeklyLimit: kes(400_000) }), judge: (actor, side) => (actor.userId === side.guardianId ? "yes" : wardOf(actor, side.childId) ? "no" : "unknown") },
  "POST /children/{childId}/budget/preview": { body: () => ({ amount: kes(1_000) }) },
  "PUT /children/{childId}/decision-policy": { body: () => ({ policy: "any" }), judge: primary },
  "POST /students/{studentId}/purchase-requests": { body: (side) => ({ planId: side.planId, message: "Please" }) },
  "POST /purchase-requests/{requestId}/approval": { body: () => ({ note: "Fine" }) },
  "POST /purchase-requests/{requestId}/denial": { body: () => ({ reason: "Not now" }) },
  "POST /purchase-requests/{requestId}/renewal": { params: (side) => ({ requestId: side.expiredRequestId }) },

  "GET /payments/{paymentId}": { judge: (actor, side) => (administers(actor, side.schoolId) ? "yes" : verdict(actor, "purchase:view", side)) },
  "POST /payments": { body: (side) => ({ requestId: side.paidRequestId }) },
  "POST /payments/{paymentId}/refunds": { body: () => ({ reason: "Withdrawn" }), judge: (actor, side) => (verdict(actor, "purchase:view", side) === "yes" ? "no" : verdict(actor, "school:administer", side)) },
  "PUT /payment-methods/{methodId}/default": { judge: only("guardianId") },
  "DELETE /payment-methods/{methodId}": { judge: only("guardianId") },
  ...Object.fromEntries(["GET /admin/export/oneroster.zip", "GET /subjects", "GET /classes", "GET /enrolments"].map((name) => [name, { query: (side: Side) => ({ schoolId: side.schoolId }) }])),
  "POST /subjects": { query: (side) => ({ schoolId: side.schoolId }), body: () => ({ name: unique("Subject") }) },
  "PATCH /subjects/{subjectId}": { body: () => ({ code: "MAT" }) },
  "POST /classes": { query: (side) => ({ schoolId: side.schoolId }), body: (side) => ({ name: "6 East", subjectId: side.subjectId, teacherId: side.teacherId }) },
  "PATCH /classes/{classId}": { body: () => ({ name: "6 West" }) },
  "POST /enrolments": { query: (side) => ({ schoolId: side.schoolId }), body: (side) => ({ subjectId: side.subjectId, teacherId: side.teacherId, classId: side.classId, studentIds: [side.childId], allOrNothing: true }) },
  "PATCH /enrolments/{enrolmentId}": { body: (side) => ({ tutorId: side.tutorId }) },
  "POST /tutor-assignments": { query: (side) => ({ schoolId: side.schoolId }), body: (side) => ({ tutorId: side.tutorId, studentIds: [side.childId], allOrNothing: true }) },
  "DELETE /tutor-assignments/{tutorId}/{studentId}": { query: (side) => ({ schoolId: side.schoolId }) },
  "POST /admin/family-imports": { query: (side) => ({ schoolId: side.schoolId }), file: () => `family,student1Name,student1BirthDate\n${unique("family")},${unique("kid")},2015-01-01` },
  "POST /admin/imports": { query: (side) => ({ schoolId: side.schoolId, kind: "people" }), file: () => `role,name,email\nteacher,New,${unique("new")}@example.test` },
  "GET /admin/ledger/verification": { judge: (actor) => (administers(actor) ? "yes" : "no") },
  "GET /support/tickets": { query: (side) => ({ schoolId: side.schoolId }), judge: (actor, side) => verdict(actor, "school:answer", side) },
  "POST /support/tickets": { body: (side) => ({ schoolId: side.schoolId, subject: unique("Question"), text: "How?" }), judge: (actor, side) => (actor.kind === "child" ? "no" : wardOf(actor, side.childId) || actor.memberships.some((held) => held.schoolId === side.schoolId) ? "yes" : "unknown") },
  "GET /support/tickets/{ticketId}": { judge: helps },
  "POST /support/tickets/{ticketId}/messages": { body: () => ({ text: "So", clientId: unique("message") }), judge: helps },
  "POST /support/tickets/{ticketId}/closure": { judge: helps },
  "GET /support/articles": { query: () => ({ q: "limits" }) },
  "GET /support/articles/{slug}": { params: () => ({ slug: "paying" }) },
  "GET /lessons": { query: (side) => ({ studentId: side.studentId }), judge: knowsStudent },
  "POST /lessons": { body: (side) => ({ enrolmentId: side.enrolmentId, localStart: `${lessonAt(9)}T10:00`, minutes: 60 }), judge: setsLessons },
  "GET /lessons/{lessonId}": { judge: knowsStudent },
  "PATCH /lessons/{lessonId}": { body: () => ({ minutes: 45 }), judge: changesLessons },
  "GET /lessons/{lessonId}/cancellation": { judge: changesLessons },
  "POST /lessons/{lessonId}/cancellation": { body: () => ({ reason: "Ill" }), judge: changesLessons },
  "GET /lessons/{lessonId}/history": { judge: knowsStudent },
  "GET /calendar/{file}": { alsoFine: [404] },
  "POST /calendar-feeds": { body: (side) => ({ name: "Phone", childId: side.childId }), judge: (actor, side) => verdict(actor, "lesson:view", side) },
  "DELETE /calendar-feeds/{feedId}": { judge: only("guardianId") },
  "POST /lesson-series": { body: (side) => ({ enrolmentId: side.enrolmentId, localStart: "11:00", minutes: 60, startsOn: lessonAt(9), weekdays: [1, 4], count: 3 }), judge: setsLessons },
  "POST /lesson-series/preview": { body: (side) => ({ enrolmentId: side.enrolmentId, localStart: "11:00", minutes: 60, startsOn: lessonAt(9), weekdays: [1, 4], count: 3 }), judge: setsLessons },
};
