import { Hono } from "hono/tiny";
import { problem } from "../http/problem.ts";
import type { KinboardHono } from "../http/types.ts";
import { docsPage } from "./docs-page.ts";
import { serve, type Endpoint } from "./endpoint.ts";
import { accounts } from "./accounts.ts";
import { achievements } from "./achievements.ts";
import { activity } from "./activity.ts";
import { announcements } from "./announcements.ts";
import { assignments } from "./assignments.ts";
import { lessonAttendance } from "./lesson-attendance.ts";
import { availability } from "./availability.ts";
import { audit } from "./audit.ts";
import { bookings } from "./bookings.ts";
import { budgets } from "./budgets.ts";
import { calendarDoor, calendarFeeds } from "./calendar-feeds.ts";
import { children } from "./children.ts";
import { classCodes } from "./class-codes.ts";
import { codeFactors } from "./code-factors.ts";
import { dashboards } from "./dashboards.ts";
import { credentials } from "./credentials.ts";
import { enrolments } from "./enrolments.ts";
import { conversations } from "./conversations.ts";
import { consents } from "./consents.ts";
import { contacts } from "./contacts.ts";
import { files } from "./files.ts";
import { families } from "./families.ts";
import { recoveries } from "./recoveries.ts";
import { personalTokens } from "./personal-tokens.ts";
import { restrictions } from "./restrictions.ts";
import { familyInvitations } from "./family-invitations.ts";
import { goals } from "./goals.ts";
import { growth } from "./growth.ts";
import { guardianships } from "./guardianships.ts";
import { imports } from "./imports.ts";
import { ledger } from "./ledger.ts";
import { lessons } from "./lessons.ts";
import { live } from "./live.ts";
import { materials } from "./materials.ts";
import { me } from "./me.ts";
import { merges } from "./merges.ts";
import { metrics } from "./metrics.ts";
import { moderation } from "./moderation.ts";
import { moods } from "./moods.ts";
import { notificationPreferences } from "./notification-preferences.ts";
import { notifications } from "./notifications.ts";
import { passkeys } from "./passkeys.ts";
import { passwords } from "./passwords.ts";
import { paymentMethods } from "./payment-methods.ts";
import { payments } from "./payments.ts";
import { plans } from "./plans.ts";
import { privacy } from "./privacy.ts";
import { profile } from "./profile.ts";
import { pushSubscriptions } from "./push-subscriptions.ts";
import { purchaseRequests } from "./purchase-requests.ts";
import { secondFactors } from "./second-factors.ts";
import { people } from "./people.ts";
import { schools } from "./schools.ts";
import { sessions } from "./sessions.ts";
import { signUp } from "./sign-up.ts";
import { studyPlans } from "./study-plans.ts";
import { students } from "./students.ts";
import { supportArticles } from "./support-articles.ts";
import { supportTickets } from "./support-tickets.ts";
import { tokens } from "./tokens.ts";
import { written } from "./written.ts";

/** Every door of the API, resource by resource. */
export const endpoints: Endpoint[] = [
  ...signUp, ...tokens, ...me, ...profile, ...sessions, ...passwords, ...passkeys, ...secondFactors, ...families, ...familyInvitations, ...guardianships, ...restrictions, ...consents, ...privacy, ...contacts, ...children, ...dashboards, ...students, ...notificationPreferences, ...pushSubscriptions, ...notifications,
  ...live,
  ...codeFactors, ...classCodes, ...recoveries, ...personalTokens,
  ...plans, ...budgets, ...purchaseRequests, ...payments, ...paymentMethods, ...accounts, ...ledger,
  ...imports, ...enrolments,
  ...lessons,
  ...activity, ...moods, ...goals, ...achievements, ...credentials,
  ...materials, ...studyPlans, ...assignments, ...files,
  ...written, ...growth,
  ...conversations,
  ...bookings, ...lessonAttendance, ...availability, ...calendarFeeds,
  ...schools, ...people,
  ...audit, ...merges,
  ...announcements, ...moderation,
  ...supportArticles, ...supportTickets,
];

export const api = new Hono<KinboardHono>();

api.get("/health", async (c) => {
  const ready = await c.get("ctx").db.$client.prepare("SELECT 1 FROM users LIMIT 1").all().then(() => true, () => false);
  return ready ? c.json({ status: "ok" }) : problem(503, "not_ready");
});
api.get("/metrics", metrics);
api.get("/v1/docs", (c) => docsPage(endpoints, c));
for (const door of endpoints) api.on(door.method.toUpperCase(), `/v1${door.path.replace(/\{(\w+)\}/g, ":$1")}`, serve(door));
api.all("*", () => problem(404, "not_found"));

/** Calendar programs are given an address outside the API. */
export const calendar = new Hono<KinboardHono>();
calendar.get("/:file", serve(calendarDoor));
calendar.all("*", () => problem(404, "not_found"));
