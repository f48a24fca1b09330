import type { Endpoint } from "./endpoint.ts";
import { accounts } from "./accounts.ts";
import { activity } from "./activity.ts";
import { announcements } from "./announcements.ts";
import { audit } from "./audit.ts";
import { bookings } from "./bookings.ts";
import { budgets } from "./budgets.ts";
import { childSignIn } from "./child-sign-in.ts";
import { children } from "./children.ts";
import { codeFactors } from "./code-factors.ts";
import { consents } from "./consents.ts";
import { contacts } from "./contacts.ts";
import { conversations } from "./conversations.ts";
import { dashboards } from "./dashboards.ts";
import { families } from "./families.ts";
import { familyInvitations } from "./family-invitations.ts";
import { goals } from "./goals.ts";
import { guardianships } from "./guardianships.ts";
import { ledger } from "./ledger.ts";
import { live } from "./live.ts";
import { me } from "./me.ts";
import { moods } from "./moods.ts";
import { notificationPreferences } from "./notification-preferences.ts";
import { notifications } from "./notifications.ts";
import { passkeys } from "./passkeys.ts";
import { passwords } from "./passwords.ts";
import { paymentMethods } from "./payment-methods.ts";
import { payments } from "./payments.ts";
import { personalTokens } from "./personal-tokens.ts";
import { plans } from "./plans.ts";
import { privacy } from "./privacy.ts";
import { profile } from "./profile.ts";
import { purchaseRequests } from "./purchase-requests.ts";
import { pushSubscriptions } from "./push-subscriptions.ts";
import { recoveries } from "./recoveries.ts";
import { secondFactors } from "./second-factors.ts";
import { sessions } from "./sessions.ts";
import { signUp } from "./sign-up.ts";
import { students } from "./students.ts";
import { supportArticles } from "./support-articles.ts";
import { supportTickets } from "./support-tickets.ts";
import { tokens } from "./tokens.ts";

/** All other doors: of families and their money, of everybody's own account, of conversations. */
export const ofFamilies: Endpoint[] = [
  ...signUp, ...tokens, ...me, ...profile, ...sessions, ...passwords, ...passkeys, ...secondFactors, ...families, ...familyInvitations, ...guardianships, ...consents, ...privacy, ...contacts, ...children, ...dashboards, ...students, ...notificationPreferences, ...pushSubscriptions, ...notifications,
  ...live,
  ...codeFactors, ...childSignIn, ...recoveries, ...personalTokens,
  ...plans, ...budgets, ...purchaseRequests, ...payments, ...paymentMethods, ...accounts, ...ledger,
  ...activity, ...moods, ...goals,
  ...conversations,
  ...bookings,
  ...audit,
  ...announcements,
  ...supportArticles, ...supportTickets,
];
