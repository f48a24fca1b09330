import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { AppContext } from "#app/context.ts";
import type { Actor, Rights, Role } from "#app/domain/actor.ts";
import { DAY } from "#app/domain/clock.ts";
import { hashPassword } from "#app/domain/identity/password-hash.server.ts";
import { through } from "#app/domain/identity/lens.ts";
import { hashToken } from "#app/domain/identity/sessions.ts";
import { findActorByToken } from "#db/identity.ts";
import { insertSession } from "#db/sessions.ts";
import { familyMembers, families, guardianships } from "#db/schema/families.ts";
import { passwords, users } from "#db/schema/identity.ts";
import { jobs } from "#db/schema/operation.ts";
import { classes, enrolments, memberships, plans, schools, subjects, tutorAssignments } from "#db/schema/schools.ts";
import { runJob } from "#app/domain/run-job.server.ts";
import { listDueJobs } from "#db/operation.ts";
import { createContext, type Meter } from "#worker/context.ts";
import { parseEnv } from "#worker/env.ts";
import worker from "#worker/index.ts";
import { expectDocumented } from "./documented.ts";

/** People, families and schools in the test's own D1. Every test makes its own, so that none can see another's. */

export const PASSWORD = "kinboard-demo";
export const PIN = "2580";
const hashes = new Map<string, Promise<string>>();
const hashOf = (secret: string) => hashes.get(secret) ?? hashes.set(secret, hashPassword(secret)).get(secret)!;

/** Tuesday 24 November 2026, 12:00 in Nairobi. */
export const NOON = Date.parse("2026-11-24T09:00:00Z");

export type TestContext = AppContext & { meter: Meter; setNow(instant: number): void; /** Does what waits for the answer to be out. */ answered(): Promise<void> };

/** A context as an operation gets it, with a clock that the test sets. */
export function testContext(now = NOON, token: string | null = null): TestContext {
  const meter: Meter = { roundTrips: 0, rowsRead: 0 };
  let instant = now;
  const ctx = createContext(parseEnv(env), { requestId: "req_test", address: "192.0.2.1", userAgent: "Test browser", token: token === null ? null : { value: token, via: "bearer" } }, () => undefined, meter);
  // The queue goes by the real clock and would run jobs beside the test: here they run when the test says so, by its own clock.
  const later: (() => Promise<unknown>)[] = [];
  return {
    ...ctx, clock: { now: () => instant }, jobs: { ring: async () => undefined }, log: () => undefined, meter, setNow: (at) => void (instant = at),
    afterAnswer: (work) => void later.push(work), answered: async () => void (await Promise.all(later.splice(0).map((work) => work()))),
  };
}

let serial = 0;
export const unique = (word: string) => `${word}-${(serial++).toString(36)}${crypto.randomUUID().slice(0, 6)}`;

export async function makeUser(ctx: AppContext, kind: "adult" | "child", name = unique(kind)): Promise<string> {
  const id = ctx.ids.make("user");
  const handle = unique(name.toLowerCase().replace(/\W+/g, "-"));
  await ctx.db.batch([
    ctx.db.insert(users).values({
      id, kind, name, email: kind === "adult" ? `${handle}@example.test` : null, emailVerifiedAt: kind === "adult" ? ctx.clock.now() : null,
      username: kind === "child" ? handle : null, level: kind === "child" ? "grade-6" : null, createdAt: ctx.clock.now(),
    }),
    ctx.db.insert(passwords).values({ userId: id, kind: kind === "adult" ? "password" : "pin", hash: await hashOf(kind === "adult" ? PASSWORD : PIN), changedAt: ctx.clock.now() }),
  ]);
  return id;
}

export const ALL_RIGHTS: Rights = { canApprovePurchases: true, canScheduleLessons: true, canViewProgress: true, canTalkWithTeachers: true };
export const VIEW_ONLY: Rights = { canApprovePurchases: false, canScheduleLessons: false, canViewProgress: true, canTalkWithTeachers: false };

export async function makeGuardianship(ctx: AppContext, guardianId: string, childId: string, more: Partial<typeof guardianships.$inferInsert> = {}): Promise<string> {
  const id = ctx.ids.make("gua");
  await ctx.db.insert(guardianships).values({ id, guardianId, childId, relationship: "parent", ...ALL_RIGHTS, startsAt: ctx.clock.now() - 30 * DAY, createdAt: ctx.clock.now() - 30 * DAY, ...more });
  return id;
}

export type School = { schoolId: string; planId: string; adminId: string };

/** A school with an administrator and one plan: ten hours for 1,500 shillings unless told otherwise. */
export async function makeSchool(ctx: AppContext, price = 150_000): Promise<School> {
  const schoolId = ctx.ids.make("school");
  await ctx.db.insert(schools).values({ id: schoolId, name: unique("School"), currency: "KES", timeZone: "Africa/Nairobi", createdAt: ctx.clock.now() });
  const adminId = await makeUser(ctx, "adult", "Admin");
  await join(ctx, adminId, schoolId, "school_admin");
  return { schoolId, adminId, planId: await makePlan(ctx, schoolId, price) };
}

export async function makePlan(ctx: AppContext, schoolId: string, price: number, minutes: number | null = 600): Promise<string> {
  const id = ctx.ids.make("plan");
  await ctx.db.insert(plans).values({ id, schoolId, name: unique("Plan"), kind: minutes === null ? "one_off" : "hours", price, currency: "KES", minutes, createdAt: ctx.clock.now() });
  return id;
}

export async function join(ctx: AppContext, userId: string, schoolId: string, role: Role): Promise<void> {
  await ctx.db.insert(memberships).values({ id: ctx.ids.make("mem"), userId, schoolId, role, createdAt: ctx.clock.now() });
}

/** Somebody who works at the school, in that role. */
const employ = (role: Role, name: string) => async (ctx: AppContext, schoolId: string): Promise<string> => {
  const userId = await makeUser(ctx, "adult", name);
  await join(ctx, userId, schoolId, role);
  return userId;
};
export const makeTeacher = employ("teacher", "Teacher");
export const makeTutor = employ("tutor", "Tutor");
export const makeStaff = employ("school_staff", "Staff");
export const makeOwner = employ("school_owner", "Owner");

/** A student with a teacher in a subject and class of their own. Who they are must be members of the school already. */
export async function makeEnrolment(ctx: AppContext, { schoolId, studentId, teacherId, ...more }: { schoolId: string; studentId: string; teacherId: string } & Partial<typeof enrolments.$inferInsert>) {
  const now = ctx.clock.now();
  const [enrolmentId, subjectId, classId] = [ctx.ids.make("enr"), ctx.ids.make("sub"), ctx.ids.make("class")];
  await ctx.db.batch([
    ctx.db.insert(subjects).values({ id: subjectId, schoolId, name: unique("Subject"), createdAt: now }),
    ctx.db.insert(classes).values({ id: classId, schoolId, name: unique("Class"), level: "grade-6", subjectId, teacherId, createdAt: now }),
    ctx.db.insert(enrolments).values({ id: enrolmentId, schoolId, studentId, subjectId, teacherId, classId, startsAt: now - 30 * DAY, createdAt: now - 30 * DAY, ...more }),
  ]);
  return { enrolmentId, subjectId, classId };
}

/** A tutor for the student, whatever the subject. */
export async function assignTutor(ctx: AppContext, assignment: { schoolId: string; tutorId: string; studentId: string } & Partial<typeof tutorAssignments.$inferInsert>): Promise<void> {
  await ctx.db.insert(tutorAssignments).values({ startsAt: ctx.clock.now() - 30 * DAY, ...assignment });
}

export type Family = School & { familyId: string; guardianId: string; otherGuardianId: string; viewerId: string; childId: string; siblingId: string };

/** A family with a primary guardian, a second one with all rights, one who may only view, and two children at one school. */
export async function makeFamily(ctx: AppContext, more: { school?: School; currency?: string; timeZone?: string } = {}): Promise<Family> {
  const familyId = ctx.ids.make("fam");
  const now = ctx.clock.now();
  const school = more.school ?? (await makeSchool(ctx));
  const [guardianId, otherGuardianId, viewerId] = [await makeUser(ctx, "adult", "Guardian"), await makeUser(ctx, "adult", "Other guardian"), await makeUser(ctx, "adult", "Viewer")];
  const [childId, siblingId] = [await makeUser(ctx, "child", "Child"), await makeUser(ctx, "child", "Sibling")];
  await ctx.db.insert(families).values({ id: familyId, name: unique("Family"), currency: more.currency ?? "KES", timeZone: more.timeZone ?? "Africa/Nairobi", preferredProgrammes: [], createdAt: now - 30 * DAY });
  for (const userId of [guardianId, otherGuardianId, viewerId]) await ctx.db.insert(familyMembers).values({ familyId, userId, role: "guardian", joinedAt: now - 30 * DAY });
  for (const userId of [childId, siblingId]) {
    await ctx.db.insert(familyMembers).values({ familyId, userId, role: "student", joinedAt: now - 30 * DAY });
    await join(ctx, userId, school.schoolId, "student");
    await makeGuardianship(ctx, guardianId, userId, { isPrimary: true });
    await makeGuardianship(ctx, otherGuardianId, userId, { contactPriority: 2 });
    await makeGuardianship(ctx, viewerId, userId, { ...VIEW_ONLY, contactPriority: 3 });
  }
  return { ...school, familyId, guardianId, otherGuardianId, viewerId, childId, siblingId };
}

/** A bearer session of that person, as `POST /auth/tokens` would give it. */
export async function signedIn(ctx: AppContext, userId: string, more: { steppedUp?: boolean; kind?: "bearer" | "browser" } = {}): Promise<string> {
  const token = ctx.ids.secret();
  const now = ctx.clock.now();
  await insertSession(ctx.db, {
    id: ctx.ids.make("sess"), tokenHash: await hashToken(token), userId, kind: more.kind ?? "bearer", createdAt: now, lastSeenAt: now, expiresAt: now + 30 * DAY,
    // Far ahead, because HTTP tests run by the real clock.
    steppedUpUntil: more.steppedUp ? Math.max(now, Date.now()) + DAY : null,
  });
  return token;
}

export async function actorOf(ctx: AppContext, userId: string, more: { steppedUp?: boolean } = {}): Promise<Actor> {
  const actor = await findActorByToken(ctx.db, await hashToken(await signedIn(ctx, userId, more)), ctx.clock.now(), through);
  if (!actor) throw new Error(`no actor for ${userId}`);
  return actor;
}

/** Runs every job that is due, and those that they cause, as the queue would. */
export async function runJobs(ctx: AppContext): Promise<number> {
  let ran = 0;
  for (let round = 0; round < 20; round++) {
    const due = await listDueJobs(ctx.db, ctx.clock.now(), 500);
    if (due.length === 0) return ran;
    for (const id of due) if (await runJob(ctx, id)) ran++;
  }
  throw new Error("jobs cause jobs without end");
}

export const listJobs = (ctx: AppContext) => ctx.db.select().from(jobs);

/**
 * A request to the Worker as the world sends it: the whole front door, real clock. By its own hand, not by the test pool's `exports`:
 * there each request is slower than the one before (pool 0.18: 7 ms at first, 125 ms after four hundred).
 */
export async function send(method: string, path: string, more: { token?: string; body?: unknown; text?: string; bytes?: ArrayBuffer | Uint8Array<ArrayBuffer> | FormData | ReadableStream; headers?: Record<string, string> } = {}): Promise<Response> {
  const execution = createExecutionContext();
  const leaving = new AbortController();
  const headers = new Headers(more.headers);
  if (more.token) headers.set("Authorization", `Bearer ${more.token}`);
  if (more.body !== undefined) headers.set("Content-Type", "application/json");
  const request = new Request(`http://localhost${path}`, { method, headers, body: more.body === undefined ? more.bytes ?? more.text : JSON.stringify(more.body), redirect: "manual", signal: leaving.signal });
  const answer = await worker.fetch(request as Parameters<typeof worker.fetch>[0], env, execution);
  await waitOnExecutionContext(execution);
  // The visitor is gone, and with them the timer that Remix sets for each page: while a test runs none of them fires, and an isolate holds ten thousand.
  leaving.abort();
  return answer;
}

/** The same under `/api/v1`; whatever it answers must be as the OpenAPI document says. */
export async function api(method: string, path: string, more: Parameters<typeof send>[2] = {}): Promise<Response> {
  const answer = await send(method, `/api/v1${path}`, more);
  await expectDocumented(method, path, answer);
  return answer;
}
