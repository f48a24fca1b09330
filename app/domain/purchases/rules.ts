import { fits, type EffectiveRules, type Standing } from "../budgets/rules.ts";

export type Band = "automatic" | "single" | "policy";
export type Policy = "any" | "primary" | "all";
export type RequestStatus = "pending" | "approved" | "denied" | "expired" | "cancelled";

/** Who decides on an amount, tried in this order: from the threshold on the policy; up to the automatic amount the rule, if it fits; else one guardian. */
export function bandOf(amount: number, rules: EffectiveRules, standings: Standing[]): Band {
  if (rules.approvalThreshold !== null && amount >= rules.approvalThreshold.value) return "policy";
  if (rules.autoApproveUpTo !== null && amount <= rules.autoApproveUpTo.value && fits(amount, standings)) return "automatic";
  return "single";
}

/** A pending request is expired from the instant it names, whether or not a sweep has run. */
export function statusAt(request: { status: RequestStatus; expiresAt: number }, now: number): RequestStatus {
  return request.status === "pending" && now >= request.expiresAt ? "expired" : request.status;
}

/** An active guardian with the right to approve. */
export type Decider = { userId: string; name: string; isPrimary: boolean; contactPriority: number };

export type Deciders = {
  /** How many of them it takes. */
  takes: "one" | "all";
  who: Decider[];
  /** The policy says `primary`, but nobody active is: any guardian with the right may. */
  primaryMissing: boolean;
};

export function decidersOf(band: Band, policy: Policy, guardians: Decider[]): Deciders {
  if (band !== "policy" || policy === "any") return { takes: "one", who: guardians, primaryMissing: false };
  if (policy === "all") return { takes: "all", who: guardians, primaryMissing: false };
  const primary = guardians.filter((guardian) => guardian.isPrimary);
  return primary.length > 0 ? { takes: "one", who: primary, primaryMissing: false } : { takes: "one", who: guardians, primaryMissing: true };
}

/** Whom to tell first: for `all` each of them; else the primary guardian or the first to contact. The rest hear at half time. */
export function firstToAsk(deciders: Deciders): string[] {
  if (deciders.takes === "all") return deciders.who.map((guardian) => guardian.userId);
  const [first] = [...deciders.who].sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.contactPriority - b.contactPriority);
  return first ? [first.userId] : [];
}

/** Who still has to approve once `approver` has. Empty: the approval completes the decision. */
export function stillAwaited(deciders: Deciders, approvedBy: (string | null)[], approver: string): Decider[] {
  if (deciders.takes === "one") return [];
  return deciders.who.filter((guardian) => guardian.userId !== approver && !approvedBy.includes(guardian.userId));
}

/** Where each person finds a request: a child among their own, a guardian among the approvals. */
export const pageOf = (request: { id: string; studentId: string }) => (userId: string) => `${userId === request.studentId ? "/requests" : "/approvals"}/${request.id}`;
