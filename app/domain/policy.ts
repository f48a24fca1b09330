import { hasEveryRight, isSteppedUp, stepUpMethods, wardOf, type Actor, type Role, type Ward } from "./actor.ts";
import { readingCapacity, rightToRead, type Capacity, type ChildAccess } from "./consent/access.ts";
import type { DataType } from "./consent/rules.ts";
import { DomainError, notFound } from "./errors.ts";

/** `unknown`: the actor may not even know that it exists (404); `no`: known, but not allowed (403). */
type Verdict = "yes" | "no" | "unknown";

const ward = (allowed: (ward: Ward) => boolean, self: Verdict = "no") => (actor: Actor, childId: string): Verdict => {
  if (actor.userId === childId) return self;
  const found = wardOf(actor, childId);
  return !found ? "unknown" : allowed(found) ? "yes" : "no";
};
const seesMoney = (found: Ward) => found.canApprovePurchases || found.canViewProgress;

const member = (allowed: (actor: Actor) => boolean) => (actor: Actor, familyId: string): Verdict =>
  !actor.familyIds.includes(familyId) ? "unknown" : allowed(actor) ? "yes" : "no";

const school = (...roles: Role[]) => (actor: Actor, schoolId: string): Verdict => {
  const held = actor.memberships.filter((membership) => membership.schoolId === schoolId);
  return held.length === 0 ? "unknown" : held.some((membership) => roles.includes(membership.role)) ? "yes" : "no";
};

/** Every act in the product, and who may do it to whom. Rights come from the guardianship alone, never from being in the family. */
const rules = {
  "child:view": ward(() => true, "yes"),
  "purchase:view": ward(seesMoney, "yes"),
  "purchase:ask": ward(seesMoney, "yes"),
  "purchase:approve": ward((found) => found.canApprovePurchases),
  "purchase:cancel": ward((found) => found.canApprovePurchases, "yes"),
  "purchase:pay": ward((found) => found.canApprovePurchases),
  "budget:view": ward(seesMoney, "yes"),
  "budget:set": ward((found) => found.canApprovePurchases),
  "account:view": ward(seesMoney, "yes"),
  "lesson:view": ward((found) => found.canScheduleLessons || found.canViewProgress, "yes"),
  "lesson:ask": ward((found) => found.canScheduleLessons, "yes"),
  "lesson:schedule": ward((found) => found.canScheduleLessons),
  "activity:tell": ward((found) => found.canViewProgress, "yes"),
  "goal:set": ward((found) => found.canViewProgress, "yes"),
  "mood:record": ward((found) => found.canViewProgress, "yes"),
  "guardianship:view": ward(() => true, "yes"),
  "guardianship:manage": ward((found) => found.isPrimary),
  "consent:view": ward(() => true, "yes"),
  "consent:set": ward(hasEveryRight),
  "family:view": member(() => true),
  "family:edit": member((actor) => actor.kind === "adult"),
  "school:view": school("school_owner", "school_admin", "teacher", "tutor", "school_staff", "student", "parent"),
  "school:administer": school("school_owner", "school_admin"),
  /** Tickets of those who ask the school for help. */
  "school:answer": school("school_owner", "school_admin", "school_staff"),
  "school:own": school("school_owner"),
} satisfies Record<string, (actor: Actor, subject: string) => Verdict>;

export type Action = keyof typeof rules;

export function can(actor: Actor, action: Action, subjectId: string): boolean {
  return rules[action](actor, subjectId) === "yes";
}

/** Throws not_found where the actor may not know of the subject, forbidden where a right is missing. */
export function authorize(actor: Actor, action: Action, subjectId: string): void {
  const verdict = rules[action](actor, subjectId);
  if (verdict === "unknown") throw notFound(actor.restrictedFrom.includes(subjectId) ? subjectId : undefined);
  if (verdict === "no") throw new DomainError("forbidden");
}

/** The capacities in which this person stands to the child: enough for the roster (name, level, class, enrolments). Throws not_found where there is none. */
export function authorizeKnowing(actor: Actor, access: ChildAccess | undefined): [Capacity, ...Capacity[]] {
  // Facts about another reader's standing must never open anything.
  if (access && access.readerId !== actor.userId) throw new Error("this access was loaded for somebody else");
  const [first, ...more] = access?.capacities ?? [];
  if (!access || !first || access.restricted || !isInView(actor, access.childId)) throw notFound(access?.restricted ? access.childId : undefined);
  return [first, ...more];
}

/** The capacity in which this kind of data is open to the actor. Throws not_found as above, and forbidden where the family does not share it. */
export function authorizeRead(actor: Actor, access: ChildAccess | undefined, dataType: DataType): Capacity {
  authorizeKnowing(actor, access);
  const capacity = readingCapacity(access!, dataType);
  if (!capacity || isClosedToViewer(actor, access!.childId, dataType)) throw new DomainError("forbidden", "not_shared");
  return capacity;
}

/** The same as a question, for the parts of a page. */
export function canRead(actor: Actor, access: ChildAccess | undefined, dataType: DataType): boolean {
  return access !== undefined && access.readerId === actor.userId && readingCapacity(access, dataType) !== undefined && isInView(actor, access.childId) && !isClosedToViewer(actor, access.childId, dataType);
}

/** Whether a guardian reads this kind of data of a ward: as `readingCapacity` says it of guardians, from what every request knows of them. For pages about several children. */
export function canReadWard(actor: Actor, childId: string, dataType: DataType): boolean {
  const found = wardOf(actor, childId);
  const right = rightToRead(dataType);
  return found !== undefined && !found.closed.includes(dataType) && (found.isPrimary || right === undefined || found[right]);
}

/** Who looks through another's eyes sees no child but those whom they may know themselves, and nothing of them that is closed to them. */
const isInView = (actor: Actor, childId: string) => actor.viewedBy === null || wardOf(actor, childId) !== undefined;
const isClosedToViewer = (actor: Actor, childId: string, dataType: DataType) => actor.viewedBy !== null && wardOf(actor, childId)?.closed.includes(dataType) !== false;

/** Throws step_up_required unless the actor proved who they are within the last ten minutes. */
export function requireStepUp(actor: Actor, now: number): void {
  if (!isSteppedUp(actor, now)) throw new DomainError("step_up_required", "step_up_required", { extra: { methods: stepUpMethods(actor) } });
}
