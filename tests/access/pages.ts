import { wardOf, type Actor } from "#app/domain/actor.ts";
import type { Action } from "#app/domain/policy.ts";
import type { Side } from "./cast.ts";
import { givesPin, knowsStudent, opensClass, readsOf } from "./samples.ts";
import { verdict, type Verdict } from "./judge.ts";

/** `open` to all, for whoever is `signed in`, by a rule of policy.ts, or as the words say. */
export type PageRow = { may: "open" | "signed in" | Action | ((actor: Actor, side: Side) => Verdict); query?: (side: Side) => Record<string, string> };

const administrator = (actor: Actor): Verdict => (actor.memberships.some((held) => held.role === "school_admin" || held.role === "school_owner") ? "yes" : "no");
const adult = (actor: Actor): Verdict => (actor.kind === "adult" ? "yes" : "no");
const payer = (actor: Actor): Verdict => (actor.wards.some((ward) => ward.canApprovePurchases) ? "yes" : "no");

/** Runs a school at which the child learns. */
const pupil = (actor: Actor, side: Side): Verdict => (verdict(actor, "school:administer", side) === "yes" ? "yes" : "unknown");

/** Who may open each page of app/routes.ts. A page without a row makes the table fail. */
export const pages: Record<string, PageRow> = {
  "/": { may: "open" },
  "/sign-in": { may: "open" },
  "/sign-up": { may: "open" },
  "/sign-up/verify": { may: "open" },
  "/sign-in/child": { may: "open" },
  "/sign-in/class/:code": { may: "open" },
  "/sign-in/verify": { may: "open" },
  "/sign-out": { may: "open" },
  "/password-reset/:token": { may: "open" },
  "/welcome/:token": { may: "open" },
  "/settings/password-change": { may: "signed in" },
  "/recover": { may: "open" },
  "/recover/:secret": { may: "open" },
  "/recover/cancel/:token": { may: "open" },
  "/recoveries/:recoveryId": { may: (actor, side) => (wardOf(actor, side.childId) ? "yes" : "unknown") },
  "/home": { may: "signed in" },
  "/more": { may: "open" },
  "/step-up": { may: "signed in" },
  "/inbox": { may: "signed in" },
  "/settings": { may: "signed in" },
  "/settings/profile": { may: "signed in" },
  "/settings/security": { may: "signed in" },
  "/settings/security/tokens": { may: adult },
  "/settings/security/2fa": { may: adult },
  "/settings/privacy": { may: "consent:view", query: (side) => ({ child: side.childId }) },
  "/settings/consent/audit": { may: "consent:view", query: (side) => ({ child: side.childId }) },
  "/settings/consent": { may: "consent:view", query: (side) => ({ child: side.childId }) },
  "/family": { may: "signed in" },
  "/families/new": { may: adult },
  "/family/people": { may: "signed in" },
  "/family/people/contacts": { may: "signed in" },
  "/family/people/invite": { may: "signed in" },
  "/family/people/:guardianshipId": { may: (actor, side) => (wardOf(actor, side.childId) ? "yes" : "unknown") },
  "/view-as": { may: "signed in" },
  "/join": { may: "open" },
  "/join/:code": { may: "open" },
  "/children": { may: "signed in" },
  "/children/:childId": { may: "child:view" },
  "/children/:childId/pin": { may: givesPin },
  "/classes/:classId/code": { may: opensClass },
  "/children/:childId/budget": { may: "budget:view" },
  "/children/:childId/account": { may: "account:view" },
  "/children/:childId/activity": { may: readsOf("activity") },
  "/children/:childId/mood": { may: readsOf("mood") },
  "/students": { may: "signed in" },
  "/students/:studentId": { may: knowsStudent },
  "/approvals": { may: "signed in" },
  "/approvals/:requestId": { may: "purchase:view" },
  "/requests": { may: "signed in" },
  "/requests/:requestId": { may: "purchase:view" },
  "/shop": { may: "child:view", query: (side) => ({ studentId: side.childId }) },
  "/shop/:planId": { may: "purchase:ask", query: (side) => ({ studentId: side.childId }) },
  "/finance": { may: "signed in" },
  "/finance/methods": { may: payer },
  "/finance/pay/:paymentId": { may: (actor, side) => (verdict(actor, "school:administer", side) === "yes" ? "yes" : verdict(actor, "purchase:view", side)) },
  "/finance/history": { may: "signed in" },
  "/admin": { may: administrator },
  "/admin/families": { may: administrator },
  "/admin/schools/new": { may: adult },
  "/admin/school": { may: "school:administer", query: (side) => ({ school: side.schoolId }) },
  "/admin/people": { may: "school:administer", query: (side) => ({ school: side.schoolId }) },
  "/admin/people/new": { may: "school:administer", query: (side) => ({ school: side.schoolId }) },
  "/admin/people/invitations": { may: "school:administer", query: (side) => ({ school: side.schoolId }) },
  "/admin/people/:personId": { may: "school:administer" },
  "/admin/people/:personId/erase": { may: "school:administer" },
  "/admin/people/:personId/merge": { may: "school:administer" },
  "/admin/audit": { may: "school:administer", query: (side) => ({ school: side.schoolId }) },
  "/join-school/:code": { may: "open" },
  "/admin/plans": { may: administrator },
  "/admin/payments": { may: administrator },
  "/admin/children/:childId": { may: pupil },
  "/admin/enrolments": { may: administrator },
  "/admin/import": { may: administrator },
  "/admin/imports/:importId": { may: "school:administer" },
  "/dev/mailbox": { may: "open" },
  "/dev/vendors": { may: "open" },
  "/dev/pieces": { may: "open" },
};
