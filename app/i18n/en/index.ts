import { achievements, achievementsProblems } from "./achievements.ts";
import { activity, activityProblems } from "./activity.ts";
import { announcements, announcementsProblems } from "./announcements.ts";
import { approvals } from "./approvals.ts";
import { attendance, attendanceProblems } from "./attendance.ts";
import { audit } from "./audit.ts";
import { availability, availabilityProblems } from "./availability.ts";
import { bookings, bookingsProblems } from "./bookings.ts";
import { budgets, budgetsProblems } from "./budgets.ts";
import { calendars, calendarsProblems } from "./calendars.ts";
import { consent, consentProblems } from "./consent.ts";
import { contacts, contactsProblems } from "./contacts.ts";
import { conversations, conversationsProblems } from "./conversations.ts";
import { entry, entryProblems } from "./entry.ts";
import { families, familiesProblems } from "./families.ts";
import { familyFileProblems } from "./family-file.ts";
import { goals, goalsProblems } from "./goals.ts";
import { home } from "./home.ts";
import { identity, identityProblems } from "./identity.ts";
import { imports, importsProblems } from "./imports.ts";
import { integrations, integrationsProblems } from "./integrations.ts";
import { kin, kinProblems } from "./kin.ts";
import { lessons, lessonsProblems } from "./lessons.ts";
import { moderation, moderationProblems } from "./moderation.ts";
import { moods, moodsProblems } from "./moods.ts";
import { learningWork, learningWorkProblems } from "./learning-work.ts";
import { learning, learningProblems } from "./learning.ts";
import { notices, noticesProblems } from "./notices.ts";
import { notifications, notificationsProblems } from "./notifications.ts";
import { payments, paymentsProblems } from "./payments.ts";
import { people, peopleProblems } from "./people.ts";
import { privacy } from "./privacy.ts";
import { problems } from "./problems.ts";
import { profile, profileProblems } from "./profile.ts";
import { purchases, purchasesProblems } from "./purchases.ts";
import { records, recordsProblems } from "./records.ts";
import { restrictions, restrictionsProblems } from "./restrictions.ts";
import { schoolFamilies } from "./school-families.ts";
import { schools, schoolsProblems } from "./schools.ts";
import { students } from "./students.ts";
import { shell } from "./shell.ts";
import { support, supportProblems } from "./support.ts";
import { teaching, teachingProblems } from "./teaching.ts";
import { viewing, viewingProblems } from "./viewing.ts";

export const en = {
  achievements,
  activity,
  announcements,
  approvals,
  attendance,
  audit,
  availability,
  bookings,
  budgets,
  calendars,
  consent,
  contacts,
  conversations,
  entry,
  families,
  goals,
  home,
  identity,
  imports,
  integrations,
  kin,
  lessons,
  moderation,
  moods,
  learningWork,
  learning,
  notices,
  notifications,
  payments,
  people,
  privacy,
  profile,
  purchases,
  records,
  restrictions,
  schoolFamilies,
  schools,
  shell,
  viewing,
  students,
  support,
  teaching,
  // One a line: every part of the product adds its own.
  problems: {
    ...problems,
    ...achievementsProblems,
    ...activityProblems,
    ...announcementsProblems,
    ...attendanceProblems,
    ...availabilityProblems,
    ...bookingsProblems,
    ...goalsProblems,
    ...budgetsProblems,
    ...calendarsProblems,
    ...consentProblems,
    ...contactsProblems,
    ...conversationsProblems,
    ...entryProblems,
    ...familiesProblems,
    ...familyFileProblems,
    ...identityProblems,
    ...importsProblems,
    ...kinProblems,
    ...learningWorkProblems,
    ...lessonsProblems,
    ...moderationProblems,
    ...moodsProblems,
    ...learningProblems,
    ...integrationsProblems,
    ...noticesProblems,
    ...notificationsProblems,
    ...paymentsProblems,
    ...peopleProblems,
    ...profileProblems,
    ...purchasesProblems,
    ...recordsProblems,
    ...restrictionsProblems,
    ...schoolsProblems,
    ...supportProblems,
    ...viewingProblems,
    ...teachingProblems,
  },
};
