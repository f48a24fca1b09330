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
  isPrimary: boolean;
};

/** Who is asking, with all that policy needs to know. Read afresh on every request, so that a right that ended is gone at once. */
export type Actor = {
  userId: string;
  kind: "adult" | "child";
  name: string;
  email: string | null;
  emailVerified: boolean;
  username: string | null;
  locale: string;
  timeZone: string;
  session: { id: string; kind: "browser" | "bearer"; steppedUpUntil: number | null };
  wards: Ward[];
  memberships: { schoolId: string; schoolName: string; role: Role }[];
  familyIds: string[];
  counts: { approvals: number; notifications: number };
};

export function wardOf(actor: Actor, childId: string): Ward | undefined {
  return actor.wards.find((ward) => ward.childId === childId);
}

export function isSteppedUp(actor: Actor, now: number): boolean {
  return actor.session.steppedUpUntil !== null && now < actor.session.steppedUpUntil;
}
