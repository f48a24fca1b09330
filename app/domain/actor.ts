import type { DataType } from "./consent/rules.ts";

export type Role = "school_owner" | "school_admin" | "teacher" | "tutor" | "school_staff" | "student" | "parent";

/** The four rights of a guardianship. */
export type Rights = {
  canApprovePurchases: boolean;
  canScheduleLessons: boolean;
  canViewProgress: boolean;
  canTalkWithTeachers: boolean;
};

/** A child whose active guardian the actor is. */
export type Ward = Rights & {
  guardianshipId: string;
  childId: string;
  name: string;
  level: string | null;
  avatarKey: string | null;
  isPrimary: boolean;
  /** Kinds of data kept from the guardians beside the primary one. */
  closed: DataType[];
};

/** Who is asking, with all that policy needs to know. Read afresh on every request, so that a right that ended is gone at once. */
export type Actor = {
  userId: string;
  kind: "adult" | "child";
  name: string;
  email: string | null;
  emailVerified: boolean;
  username: string | null;
  avatarKey: string | null;
  locale: string;
  timeZone: string;
  session: { id: string; kind: "browser" | "bearer" | "personal"; steppedUpUntil: number | null };
  /** What they can confirm their identity with, beside the password. */
  factors: { totp: boolean; passkey: boolean };
  wards: Ward[];
  memberships: { schoolId: string; schoolName: string; role: Role }[];
  familyIds: string[];
  /** Children from whose data this person is kept away, whatever else would let them. */
  restrictedFrom: string[];
  /** What a personal token may do; null: all that the person may. */
  scopes: string[] | null;
  /** Signed in with a secret that somebody else gave: nothing but choosing an own one is open. */
  mustChangePassword: boolean;
  /** Who really sits there, when somebody looks through this person's eyes: nothing may be written then. */
  viewedBy: { userId: string; name: string; until: number } | null;
  /** What waits for them, as every page shows it. */
  counts: { approvals: number; notifications: number; messages: number };
};

export function wardOf(actor: Actor, childId: string): Ward | undefined {
  return actor.wards.find((ward) => ward.childId === childId);
}

/** Holds everything that a guardianship can give. */
export const hasEveryRight = (held: Rights & { isPrimary: boolean }) => held.isPrimary || (held.canApprovePurchases && held.canScheduleLessons && held.canViewProgress && held.canTalkWithTeachers);

export function isSteppedUp(actor: Actor, now: number): boolean {
  return actor.session.steppedUpUntil !== null && now < actor.session.steppedUpUntil;
}

export type StepUpMethod = "password" | "totp" | "passkey";

/** The ways in which this person can confirm their identity. A child's PIN counts as password. */
export function stepUpMethods(actor: Pick<Actor, "factors">): StepUpMethod[] {
  return ["password", ...(actor.factors.totp ? ["totp" as const] : []), ...(actor.factors.passkey ? ["passkey" as const] : [])];
}
