import { eq, inArray } from "drizzle-orm";
import type { Actor } from "#app/domain/actor.ts";
import { DAY, localDate } from "#app/domain/clock.ts";
import { setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { createLesson } from "#app/domain/lessons/create-lesson.server.ts";
import { CreateLessonInput } from "#app/domain/lessons/inputs.ts";
import { bookLesson } from "#app/domain/lessons/book-lesson.server.ts";
import { BookingInput } from "#app/domain/lessons/booking-inputs.ts";
import { hashToken } from "#app/domain/identity/sessions.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { consentProposals } from "#db/schema/consent.ts";
import { conversations } from "#db/schema/conversations.ts";
import { familyContacts, familyInvitations, familyMembers, guardianships, restrictions } from "#db/schema/families.ts";
import { passkeys, recoveries, sessions, users } from "#db/schema/identity.ts";
import { availability, bookings, calendarFeeds } from "#db/schema/lessons.ts";
import { achievements, activities, goals, moods, signingKeys } from "#db/schema/daily-life.ts";
import { assessments, observations, studentNotes } from "#db/schema/standing.ts";
import { notifications, pushSubscriptions } from "#db/schema/notifications.ts";
import { jobs } from "#db/schema/operation.ts";
import { ledgerEntries, paymentMethods, payments } from "#db/schema/payments.ts";
import { purchaseRequests } from "#db/schema/purchases.ts";
import { importRows, imports } from "#db/schema/imports.ts";
import { merges, schoolInvitations } from "#db/schema/schools.ts";
import { insertAnnouncements } from "#db/announcements.ts";
import { insertReport } from "#db/message-reports.ts";
import { insertTicket } from "#db/tickets.ts";
import { settled } from "../operations/chat/world.ts";
import { makeChat } from "./cast-chat.ts";
import { makeLearning } from "./cast-learning.ts";
import { actorOf, assignTutor, join, makeEnrolment, makeFamily, makeOwner, makePlan, makeStaff, makeTeacher, makeTutor, makeUser, signedIn, testContext, unique, VIEW_ONLY, type Family, type TestContext } from "#tests/world.ts";

export const ROLES = ["anonymous", "guardian", "co-guardian", "viewer", "other guardian", "child", "sibling", "other child", "school admin", "other school's admin",
  "school owner", "school staff", "teacher", "tutor", "other school's teacher"] as const;
export type Role = (typeof ROLES)[number];
type Person = { actor: Actor | null; token?: string; cookie?: string };

/** Everything of one family and its school that a path, a query or a body can name. */
export type Side = Awaited<ReturnType<typeof makeSide>>;
export type Cast = { ctx: TestContext; people: Record<Role, Person>; ours: Side; theirs: Side; unknown: Side };

/** Two families at two schools, each with one of everything, and everybody who might ask. All have just proven who they are. */
export async function makeCast(): Promise<Cast> {
  // No bell: a job that ran by the way would look like something that a refused request wrote.
  const ctx = { ...testContext(Date.now()), jobs: { ring: async () => undefined } };
  const side = async () => makeSide(ctx, await makeFamily(ctx));
  const [ours, theirs] = await Promise.all([side(), side()]);
  const one = async (userId: string): Promise<Person> => {
    const [actor, token, cookie] = await Promise.all([actorOf(ctx, userId, { steppedUp: true }), signedIn(ctx, userId, { steppedUp: true }), signedIn(ctx, userId, { steppedUp: true, kind: "browser" })]);
    return { actor, token, cookie: `kinboard=${cookie}` };
  };
  const ids: Record<Exclude<Role, "anonymous">, string> = {
    "guardian": ours.guardianId, "co-guardian": ours.coGuardianId, "viewer": ours.viewerId, "other guardian": theirs.guardianId, "child": ours.childId, "sibling": ours.siblingId, "other child": theirs.childId,
    "school admin": ours.adminId, "other school's admin": theirs.adminId, "school owner": ours.ownerId, "school staff": ours.staffId, "teacher": ours.teacherId, "tutor": ours.tutorId, "other school's teacher": theirs.teacherId,
  };
  const known = await Promise.all(Object.entries(ids).map(async ([role, userId]) => [role, await one(userId)] as const));
  const people = { anonymous: { actor: null }, ...Object.fromEntries(known) } as Record<Role, Person>;
  const unknown = Object.fromEntries(Object.entries(ours).map(([name, id]) => [name, ctx.ids.make(id.split("_")[0]!)])) as Side;
  return { ctx, people, ours, theirs, unknown };
}

/** The same, with nothing under way: what the rooms or the jobs they have rung wrote later would look like something that a refused request wrote. */
export async function makeCastAtRest(): Promise<Cast> {
  const cast = await makeCast();
  for (const { id } of await cast.ctx.db.select({ id: conversations.id }).from(conversations)) await settled(cast.ctx, id);
  await cast.ctx.db.update(jobs).set({ status: "done" }).where(eq(jobs.kind, "deliver-notification"));
  return cast;
}

/** The child has hours, the teacher can be booked, and a lesson waits for a guardian. */
async function askForLesson(ctx: TestContext, { childId, schoolId, teacherId, enrolmentId }: { childId: string; schoolId: string; teacherId: string; enrolmentId: string }): Promise<string> {
  const now = ctx.clock.now();
  await ctx.db.batch([
    ctx.db.insert(availability).values([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ id: ctx.ids.make("avl"), teacherId, schoolId, weekday, localStart: "06:00", localEnd: "22:00", timeZone: "Africa/Nairobi", createdAt: now }))),
    ctx.db.insert(ledgerEntries).values({ id: ctx.ids.make("entry"), debit: `student:${childId}`, credit: `school:${schoolId}`, amount: 6_000, unit: "minutes", kind: "make_up", causeId: unique("cause"), schoolId, studentId: childId, at: now }),
  ]);
  const lessonId = await bookLesson(ctx, await actorOf(ctx, childId), BookingInput.parse({ enrolmentId, localStart: `${localDate(now + 10 * DAY, "Africa/Nairobi")}T10:00`, minutes: 60 }));
  return (await ctx.db.select().from(bookings).where(eq(bookings.lessonId, lessonId)).get())!.id;
}

async function makeSide(ctx: TestContext, family: Family) {
  const now = ctx.clock.now();
  const { childId, guardianId, schoolId, familyId } = family;
  const guardian = await actorOf(ctx, guardianId, { steppedUp: true });
  const kes = (amount: number) => ({ amount, currency: "KES" });
  const { id: controlId } = await setBudgetControl(ctx, guardian, { childId, weeklyLimit: kes(900_000), monthlyLimit: null, autoApproveUpTo: kes(1_000), approvalThreshold: null, rollover: "none" });
  const ask = async (planId: string) => requestPurchase(ctx, await actorOf(ctx, childId), childId, { planId });
  const requestId = await ask(family.planId);
  const expiredRequestId = await ask(await makePlan(ctx, schoolId, 70_000));
  await ctx.db.update(purchaseRequests).set({ status: "expired", expiresAt: now - 1, decidedAt: now }).where(eq(purchaseRequests.id, expiredRequestId));
  const paidRequestId = await ask(await makePlan(ctx, schoolId, 80_000));
  const work = { teacherId: await makeTeacher(ctx, schoolId), tutorId: await makeTutor(ctx, schoolId), staffId: await makeStaff(ctx, schoolId), ownerId: await makeOwner(ctx, schoolId) };
  const taught = await makeEnrolment(ctx, { schoolId, studentId: childId, teacherId: work.teacherId });
  await assignTutor(ctx, { schoolId, studentId: childId, tutorId: work.tutorId });
  const lessonId = await createLesson(ctx, await actorOf(ctx, work.teacherId), CreateLessonInput.parse({ enrolmentId: taught.enrolmentId, localStart: `${localDate(now + 8 * DAY, "Africa/Nairobi")}T10:00`, minutes: 60 }));
  const ids = {
    ...work, ...taught, lessonId, adminId: family.adminId,
    observationId: ctx.ids.make("obs"), assessmentId: ctx.ids.make("asm"), noteId: ctx.ids.make("rem"), proposalId: ctx.ids.make("cpr"), methodId: ctx.ids.make("card"), paymentId: ctx.ids.make("pay"), notificationId: ctx.ids.make("note"), invitationId: ctx.ids.make("inv"), passkeyId: unique("passkey"), importId: ctx.ids.make("imp"), recoveryId: ctx.ids.make("rec"), schoolInvitationId: ctx.ids.make("sinv"), tokenId: ctx.ids.make("ptok"), code: unique("code"),
  };
  const moodId = ctx.ids.make("mood");
  await ctx.db.insert(moods).values({ id: moodId, studentId: childId, onDate: localDate(now, "Africa/Nairobi"), mood: "calm", energy: 3, recordedBy: guardianId, at: now });
  const activityId = ctx.ids.make("act");
  await ctx.db.insert(activities).values({ id: activityId, studentId: childId, kind: "reading", about: "The river", minutes: 20, cause: `told:${guardianId}:cast`, onDate: localDate(now, "Africa/Nairobi"), at: now });
  const goalId = ctx.ids.make("goal");
  await ctx.db.insert(goals).values({ id: goalId, studentId: childId, area: "health", title: "Swim", status: "active", origin: "family", createdBy: guardianId, createdAt: now, changedAt: now });
  const [achievementId, keyId, linkCode] = [ctx.ids.make("ach"), ctx.ids.make("key"), unique("link")];
  await ctx.db.insert(signingKeys).values({ id: keyId, schoolId, publicJwk: { kty: "RSA", n: "AQAB", e: "AQAB", alg: "RS256", use: "sig", kid: keyId } as JsonWebKey, sealedPrivateJwk: "", createdAt: now, retiredAt: now });
  await ctx.db.insert(achievements).values({ id: achievementId, studentId: childId, schoolId, kind: "badge", title: "Reader", criteria: "Reads", issuedBy: work.teacherId, issuedAt: now, linkCode, credential: "none" });
  const bookingId = await askForLesson(ctx, { ...family, ...ids });
  const written = { schoolId, studentId: childId, authorId: work.teacherId, visibility: "child" as const, createdAt: now };
  await ctx.db.batch([
    ctx.db.insert(observations).values({ id: ids.observationId, ...written, text: "Helped a friend", observedOn: "2026-11-20" }),
    ctx.db.insert(assessments).values({ id: ids.assessmentId, ...written, subjectId: taught.subjectId, title: "Fractions", kind: "oral", level: 6, takenOn: "2026-11-20" }),
    ctx.db.insert(studentNotes).values({ id: ids.noteId, ...written, text: "Sits in front" }),
  ]);
  const subscriptionId = ctx.ids.make("psub");
  await ctx.db.insert(pushSubscriptions).values({ id: subscriptionId, userId: guardianId, endpoint: `https://push.example.org/${subscriptionId}`, createdAt: now });
  const [feedId, secret] = [ctx.ids.make("cal"), ctx.ids.secret()];
  await ctx.db.insert(calendarFeeds).values({ id: feedId, userId: guardianId, name: "Phone", secretHash: await hashToken(secret), createdAt: now });
  const contactId = ctx.ids.make("con");
  const [relativeId, keptAwayId, restrictionId] = [await makeUser(ctx, "adult", "Relative"), await makeUser(ctx, "adult", "Kept away"), ctx.ids.make("rest")];
  const avatarKey = `avatars/${guardianId}/${ctx.ids.make("pic")}`;
  await ctx.files.put(avatarKey, new Uint8Array(1), "image/webp");
  await ctx.db.batch([
    ctx.db.update(users).set({ avatarKey }).where(eq(users.id, guardianId)),
    ctx.db.insert(familyMembers).values([relativeId, keptAwayId].map((userId) => ({ familyId, userId, role: "guardian" as const, joinedAt: now }))),
    ctx.db.insert(familyContacts).values({ id: contactId, familyId, name: "Driver", relationship: "driver", phone: "+254712345678", isEmergency: false, mayPickUp: true, addedBy: guardianId, createdAt: now }),
    ctx.db.insert(restrictions).values({ id: restrictionId, childId, personId: keptAwayId, schoolId, reason: "Court", setBy: family.adminId, startsAt: now - DAY, createdAt: now - DAY }),
    ctx.db.update(purchaseRequests).set({ status: "approved", decidedAt: now }).where(eq(purchaseRequests.id, paidRequestId)),
    ctx.db.insert(paymentMethods).values({ id: ids.methodId, userId: guardianId, provider: "stripe", providerRef: unique("pm"), brand: "visa", last4: "4242", expMonth: 12, expYear: 2030, isDefault: true, createdAt: now }),
    ctx.db.insert(payments).values({ id: ids.paymentId, requestId: paidRequestId, studentId: childId, familyId, schoolId, payerId: guardianId, provider: "stripe", amount: 80_000, currency: "KES", status: "failed", failureCode: "card_declined", createdAt: now, updatedAt: now }),
    ctx.db.insert(notifications).values({ id: ids.notificationId, userId: guardianId, childId, type: "purchase_requested", severity: "attention", facts: {}, path: "/approvals", cause: unique("cause"), createdAt: now }),
    ctx.db.insert(familyInvitations).values({ id: ids.invitationId, familyId, invitedBy: guardianId, name: "Aunt", email: `${unique("aunt")}@example.test`, relationship: "other", rights: VIEW_ONLY, childIds: [childId], codeHash: unique("hash"), expiresAt: now + DAY, createdAt: now }),
    ctx.db.insert(schoolInvitations).values({ id: ids.schoolInvitationId, schoolId, name: "Asked", email: `${unique("asked")}@example.test`, roles: ["teacher"], subjectIds: [], studentIds: [], codeHash: unique("hash"), invitedBy: family.adminId, expiresAt: now + DAY, createdAt: now }),
    ctx.db.insert(imports).values({ id: ids.importId, schoolId, kind: "people", fileName: "people.csv", fileKey: unique("imports"), dryRun: true, status: "done", handled: 1, total: 1, refused: 1, startedBy: family.adminId, createdAt: now, finishedAt: now }),
    ctx.db.insert(importRows).values({ importId: ids.importId, line: 2, outcome: "refused", problem: "name_missing", about: "" }),
    ctx.db.insert(recoveries).values({ id: ids.recoveryId, userId: guardianId, secretHash: unique("hash"), expiresAt: now + DAY, createdAt: now }),
    ctx.db.insert(sessions).values({ id: ids.tokenId, userId: guardianId, kind: "personal", name: "Calendar", scopes: ["read"], tokenHash: unique("hash"), createdAt: now, lastSeenAt: now, expiresAt: now + DAY }),
    ctx.db.insert(consentProposals).values({ id: ids.proposalId, childId, dataType: "insights", recipient: "companion", proposedBy: family.otherGuardianId, createdAt: now, expiresAt: now + DAY }),
    ctx.db.insert(passkeys).values({ id: ids.passkeyId, userId: guardianId, name: "Phone", publicKey: "", counter: 0, transports: [], deviceType: "singleDevice", backedUp: false, createdAt: now }),
  ]);
  const ticketId = ctx.ids.make("conv");
  await insertTicket(ctx.db, { id: ticketId, schoolId, openedBy: guardianId, subject: "A question", createdAt: now });
  const personId = await makeUser(ctx, "adult", "Parent of the school");
  await join(ctx, personId, schoolId, "parent");
  const formerId = await makeUser(ctx, "adult", "Former");
  await join(ctx, formerId, schoolId, "parent");
  await ctx.db.update(users).set({ homeSchoolId: schoolId }).where(inArray(users.id, [personId, formerId]));
  const mergeId = ctx.ids.make("merge");
  await ctx.db.insert(merges).values({ id: mergeId, schoolId, keptId: personId, goneId: formerId, mergedBy: family.adminId, moved: [], createdAt: now, undoUntil: now + DAY });
  const learning = await makeLearning(ctx, { ...work, ...taught, schoolId, childId });
  const chat = await makeChat(ctx, { ...work, ...taught, childId, guardianId, coGuardianId: family.otherGuardianId });
  const announcementId = ctx.ids.make("conv");
  await insertAnnouncements(ctx.db, { id: announcementId, schoolId, classId: taught.classId, staffId: work.teacherId, createdAt: now });
  const reportId = ctx.ids.make("rep");
  await insertReport(ctx.db, { id: reportId, conversationId: chat.conversationId, seq: 1, schoolId, childId, authorId: work.teacherId, writtenAt: now, text: "Good morning", reportedBy: guardianId, reason: "other", createdAt: now });
  const [guardianship] = await ctx.db.select({ id: guardianships.id }).from(guardianships).where(eq(guardianships.childId, childId)).orderBy(guardianships.contactPriority).limit(1);
  const { session } = await actorOf(ctx, guardianId);
  return {
    ...ids, ...learning, ...chat, announcementId, reportId, ticketId, feedId, file: `${secret}.ics`, bookingId, moodId, activityId, goalId, achievementId, keyId, linkCode, personId, formerId, mergeId, relativeId, restrictionId, contactId, familyId, schoolId, childId, studentId: childId, siblingId: family.siblingId, guardianId, parentId: guardianId, userId: guardianId, coGuardianId: family.otherGuardianId, viewerId: family.viewerId,
    subscriptionId, planId: family.planId, controlId, requestId, expiredRequestId, paidRequestId, guardianshipId: guardianship!.id, sessionId: session.id,
  };
}
