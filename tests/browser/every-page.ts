import { rows } from "./behind.ts";

/** Every page as somebody who has something on it: demo people, and the things that they have. */
export function everyPage(): { who: string | null; path: string }[] {
  const one = (sql: string, ...values: string[]) => rows<{ id: string }>(sql, ...values)[0]?.id ?? "none";
  const childId = one("SELECT id FROM users WHERE username = 'grade6'");
  const planId = one("SELECT id FROM plans WHERE name = '5 hours of tutoring'");
  const request = (status: string) => one("SELECT id FROM purchase_requests WHERE student_id = ? AND status = ? ORDER BY id DESC", childId, status);
  const waiting = one("SELECT r.id FROM purchase_requests r JOIN users u ON u.id = r.student_id WHERE u.username = 'grade8' AND r.status = 'pending'");
  const failed = one("SELECT id FROM payments WHERE status = 'failed'");
  const byEmail = (key: string) => one("SELECT id FROM users WHERE email = ?", `${key}@demo.kinboard.test`);
  const classId = one("SELECT class_id AS id FROM enrolments WHERE student_id = ? AND class_id IS NOT NULL", childId);
  const guardianshipId = one("SELECT g.id FROM guardianships g JOIN users u ON u.id = g.guardian_id WHERE g.child_id = ? AND u.email LIKE 'viewer@%'", childId);
  const [studentId, teacherId, parentId] = [byEmail("student"), byEmail("teacher"), byEmail("guardian")];
  const learning = (table: string) => one(`SELECT id FROM ${table} WHERE status IS NOT NULL ORDER BY id LIMIT 1`);
  const roomId = one("SELECT c.id FROM conversations c JOIN enrolments e ON e.id = c.enrolment_id WHERE c.child_id = ? AND e.ends_at IS NULL ORDER BY c.id LIMIT 1", childId);
  const stranger = ["/", "/verify/none", "/sign-in", "/sign-up", "/sign-up/verify", "/password-reset/none", "/sign-in/child", "/sign-in/class/none", "/recover", "/recover/none", "/recover/cancel/none", "/welcome/none", "/join/none", "/join-school/none", "/more", "/support", "/support?q=budget", "/support/articles/paying", "/dev/mailbox", "/dev/pieces", "/nowhere"];
  const guardian = [
    "/home", "/more", "/inbox", "/messages", "/messages/new", `/messages/${roomId}`, "/step-up", "/sign-out", "/settings", "/settings/profile", "/settings/security", "/settings/security/2fa", "/settings/security/2fa?way=sms", "/settings/security/tokens", "/settings/notifications", "/settings/calendar", `/children/${childId}/pin`, "/family", "/family/people", "/family/people/contacts", "/family/people/invite", "/family/people/invite?by=code", "/join", "/view-as", "/families/new", "/children", `/children/${childId}`, `/children/${childId}/budget`, `/children/${childId}/budget?change`,
    `/children/${childId}/account`, "/approvals", "/approvals?show=all", `/approvals/${waiting}`, `/approvals/${request("approved")}`, `/approvals/${request("cancelled")}`, "/shop", `/shop/${planId}?studentId=${childId}`,
    "/finance", "/finance/methods", "/finance/history", `/finance/pay/${failed}`, "/requests/none",
    "/settings/privacy", "/settings/consent", "/settings/consent?to=teachers", "/settings/consent?of=mood", "/settings/consent?to=teachers&open=mood.teachers", "/settings/consent/audit", "/settings/consent/audit?verify",
    `/family/people/${guardianshipId}`, `/family/people/${guardianshipId}?do=change`, `/family/people/${guardianshipId}?do=lend`, `/view-as?person=${one("SELECT guardian_id AS id FROM guardianships WHERE id = ?", guardianshipId)}`, "/recoveries/none", `/children/${childId}/materials`, `/children/${childId}/achievements`, "/study-plans/new", `/study-plans/${learning("study_plans")}`, `/children/${childId}/activity`, `/children/${childId}/mood`,
    `/messages/${roomId}/report`, "/messages/announcements/none", "/support/tickets", "/support/tickets/new", "/support/tickets/none", `/children/${childId}/goals`, `/book?child=${childId}`, `/schedule/${one("SELECT lesson_id AS id FROM lesson_outcomes WHERE student_id = ? ORDER BY lesson_id", childId)}/attendance`,
    `/children/${childId}/learning`, `/children/${childId}/learning?competency=creativity`, `/students/${childId}/attendance`, "/observations/none", "/assessments/none", "/notes/none",
  ];
  const pupil = ["/home", "/messages", `/messages/${roomId}`, "/materials", "/assignments", `/assignments/${learning("assignments")}`, `/submissions/${learning("submissions")}`, "/settings/privacy", "/settings/consent", "/settings/profile", "/settings/security", "/shop", `/shop/${planId}`, "/requests", `/requests/${request("approved")}`, `/requests/${request("pending")}`, `/children/${childId}/budget`, `/children/${childId}/account`, `/children/${childId}`, `/children/${childId}/learning`, `/children/${childId}/activity`, `/children/${childId}/mood`,
    `/schedule/${one("SELECT id FROM lessons WHERE student_id = ? AND status = 'scheduled' ORDER BY starts_at DESC", childId)}/move`];
  const administrator = ["/admin", "/admin/families", "/admin/plans", "/admin/integrations", "/admin/payments",
    "/admin/people", "/admin/people?role=guardian", "/admin/people?role=staff&q=t", "/admin/people/new", "/admin/people/new?role=staff", "/admin/people/invitations", `/admin/people/${childId}`, `/admin/people/${studentId}?ask=change`, `/admin/people/${studentId}?ask=deactivate`,
    `/admin/people/${teacherId}`, `/admin/people?role=student&assign=${parentId}`, "/admin/school", "/admin/schools/new", "/support/tickets", "/admin/moderation", "/admin/moderation/none", "/admin/audit", "/admin/audit?verify", `/admin/people/${studentId}/erase`, `/admin/people/${studentId}/merge`, `/admin/children/${childId}`, `/admin/children/${childId}?set=yes`,
    "/admin/enrolments", "/admin/enrolments?add=enrolment", "/admin/enrolments?add=class", "/admin/enrolments?add=subject", `/admin/enrolments?classId=${classId}`, `/classes/${classId}/code`, "/admin/import", "/admin/imports/none"];
  const owner = ["/admin", "/admin/school?leave", `/admin/people/${teacherId}?ask=change`];
  const workers = ["/home", "/more", "/schedule", "/schedule?view=list", "/students", `/students/${childId}`];
  const teacher = ["/messages/announcements", `/messages/${roomId}/later`, "/schedule/new", "/schedule/availability", "/schedule/none", `/students/${childId}/observations?add`, `/students/${childId}/assessments?add`, `/students/${childId}/notes?add`, `/classes/${classId}/attendance`, "/materials", "/materials/new", `/materials/${learning("materials")}`, "/assignments", "/assignments/new", `/students/${childId}/achievements/new`];
  return [
    ...stranger.map((path) => ({ who: null, path })), ...guardian.map((path) => ({ who: "guardian@", path })), ...pupil.map((path) => ({ who: "grade6", path })), ...administrator.map((path) => ({ who: "admin@", path })),
    ...owner.map((path) => ({ who: "owner@", path })), ...["teacher@", "tutor@", "staff@", "student@"].flatMap((who) => workers.map((path) => ({ who, path }))),
    ...teacher.map((path) => ({ who: "teacher@", path })),
  ];
}

/** `/approvals/pur_01…` as `/approvals/…`, to be read in a list. */
export const shortPath = (path: string) => path.replace(/[a-z]+_[0-9A-Z]{20,}/g, "…");
