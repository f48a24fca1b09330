import routes from "#app/routes.ts";
import { hashToken } from "#app/domain/identity/sessions.ts";
import type { BenchWorld } from "./bench-world.ts";
import { code, invite, inviteToSchool, lessonOf } from "./made-for-pages.ts";

/** Who opens each page of app/routes.ts, null being nobody; `find` yields what stands for the parameters. */
type Visit = { who: string | null; session?: "half"; find?: (db: D1Database, world: BenchWorld) => Promise<string>; search?: string; daily?: true; redirects?: true; onlyIn?: "development" };

const idOf = (sql: string) => async (db: D1Database) => (await db.prepare(sql).first<{ id: string }>())!.id;
const child = (username: string) => idOf(`SELECT id FROM users WHERE username = '${username}'`);
/** What this child waits for, or else a sibling does; where nobody does any more, what they asked for last. */
const waiting = (username: string) => idOf(`SELECT r.id FROM purchase_requests r JOIN users u ON u.id = r.student_id WHERE u.username <> 'other-child' ORDER BY r.status = 'pending' DESC, u.username = '${username}' DESC, r.id DESC LIMIT 1`);
async function forgetPassword(db: D1Database): Promise<string> {
  await db.prepare("INSERT OR IGNORE INTO mailed_secrets (id, user_id, purpose, secret_hash, created_at, expires_at) SELECT 'secret_bench', id, 'reset_password', ?, ?, ? FROM users WHERE email = 'viewer@demo.kinboard.test'")
    .bind(await hashToken(code), Date.now(), Date.now() + 3_600_000).run();
  return code;
}

async function achieve(db: D1Database): Promise<string> {
  await db.prepare(`INSERT OR IGNORE INTO achievements (id, student_id, school_id, kind, title, description, criteria, issued_by, issued_at, link_code, credential)
    SELECT 'ach_bench', u.id, m.school_id, 'badge', 'Reader', '', 'Reads', u.id, 0, ?, 'none' FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.username = 'grade6' LIMIT 1`).bind(code).run();
  return code;
}

async function welcome(db: D1Database): Promise<string> {
  await db.prepare("INSERT OR IGNORE INTO mailed_secrets (id, user_id, purpose, secret_hash, created_at, expires_at) SELECT 'welcome_bench', id, 'set_up_account', ?, ?, ? FROM users WHERE email = 'viewer@demo.kinboard.test'")
    .bind(await hashToken(code), Date.now(), Date.now() + 3_600_000).run();
  return code;
}

const taught = idOf("SELECT e.student_id AS id FROM enrolments e JOIN users u ON u.id = e.teacher_id WHERE u.email LIKE 'teacher@%' AND e.ends_at IS NULL ORDER BY e.id LIMIT 1");
/** One of each thing that a teacher writes, of a student they teach. */
const write = (table: "observations" | "assessments" | "student_notes") => async (db: D1Database): Promise<string> => {
  const [own, values] = { observations: ["text, observed_on", "'Explained fractions to a friend', '2026-11-20'"], assessments: ["subject_id, title, kind, level, taken_on", "e.subject_id, 'Fractions', 'oral', 6, '2026-11-20'"], student_notes: ["text", "'Sits in front'"] }[table] as [string, string];
  await db.prepare(`INSERT OR IGNORE INTO ${table} (id, school_id, student_id, author_id, visibility, created_at, ${own}) SELECT '${table}_bench', e.school_id, e.student_id, e.teacher_id, 'child', ?, ${values}
    FROM enrolments e JOIN users u ON u.id = e.teacher_id WHERE u.email LIKE 'teacher@%' AND e.ends_at IS NULL ORDER BY e.id LIMIT 1`).bind(Date.now()).run();
  return `${table}_bench`;
};

async function tryFile(db: D1Database): Promise<string> {
  await db.batch([
    db.prepare(`INSERT OR IGNORE INTO imports (id, school_id, kind, file_name, file_key, dry_run, status, handled, total, refused, started_by, created_at, finished_at)
      SELECT 'imp_bench', m.school_id, 'people', 'people.csv', 'none', 1, 'done', 60, 60, 60, u.id, ?1, ?1 FROM users u JOIN memberships m ON m.user_id = u.id AND m.role IN ('school_admin', 'school_owner') WHERE u.email = 'admin@demo.kinboard.test'`).bind(Date.now()),
    db.prepare(`INSERT OR IGNORE INTO import_rows (import_id, part, line, outcome, problem, about) WITH RECURSIVE many(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM many WHERE n < 61)
      SELECT 'imp_bench', '', n, 'refused', 'person_unidentifiable', 'Somebody ' || n FROM many`),
  ]);
  return "imp_bench";
}

async function setLesson(db: D1Database): Promise<string> {
  await db.prepare(`INSERT OR IGNORE INTO lessons (id, enrolment_id, school_id, teacher_id, student_id, subject_id, time_zone, uses_hours, local_start, local_end, starts_at, ends_at, status, revision, created_by, created_at)
    SELECT 'les_bench', e.id, e.school_id, e.teacher_id, e.student_id, e.subject_id, 'Africa/Nairobi', 0, '2026-11-24T16:00', '2026-11-24T17:00', ?1, ?1 + 3600000, 'scheduled', 1, e.teacher_id, ?1 FROM enrolments e JOIN users u ON u.id = e.teacher_id WHERE u.email LIKE 'teacher@%' AND e.ends_at IS NULL ORDER BY e.id LIMIT 1`)
    .bind(Date.parse("2026-11-24T13:00Z")).run();
  return "les_bench";
}

/** Where grade6 learns: a class with children in it. */
const classOf = idOf("SELECT e.class_id AS id FROM enrolments e JOIN users u ON u.id = e.student_id AND u.username = 'grade6' WHERE e.class_id IS NOT NULL ORDER BY e.id LIMIT 1");

async function openClass(db: D1Database, world: BenchWorld): Promise<string> {
  const answer = await fetch(`${world.url}/classes/${await classOf(db)}/code`, { method: "POST", headers: { "Cookie": await world.cookieOf("admin", "browser"), "Sec-Fetch-Site": "same-origin" }, body: new URLSearchParams({ act: "make" }) });
  return /<code>([\w-]+)<\/code>/.exec(await answer.text())![1]!;
}

async function askForWord(db: D1Database): Promise<string> {
  await db.prepare("INSERT OR IGNORE INTO recoveries (id, user_id, secret_hash, status, created_at, expires_at) SELECT 'rec_bench', id, 'rec_bench', 'waiting', ?1, ?1 + 86400000 FROM users WHERE email = 'guardian@demo.kinboard.test'").bind(Date.now()).run();
  return "rec_bench";
}

/** Of the demo's teacher, who teaches grade6: one enrolment to hang work on. */
const TAUGHT = "SELECT e.school_id, e.subject_id, e.teacher_id, e.student_id FROM enrolments e JOIN users u ON u.id = e.teacher_id AND u.email = 'teacher@demo.kinboard.test' WHERE e.ends_at IS NULL ORDER BY e.id LIMIT 1";
const make = (id: string, sql: string) => async (db: D1Database) => {
  await db.prepare(`WITH t AS (${TAUGHT}) ${sql}`).bind(Date.now()).run();
  return id;
};
const makeMaterial = make("mat_bench", `INSERT OR IGNORE INTO materials (id, school_id, subject_id, author_id, title, text, audience, status, created_at, changed_at)
  SELECT 'mat_bench', school_id, subject_id, teacher_id, 'Fractions', 'Read this.', 'subject', 'shared', ?1, ?1 FROM t`);
const makePlan = make("splan_bench", `INSERT OR IGNORE INTO study_plans (id, student_id, title, author_id, starts_on, ends_on, status, created_at)
  SELECT 'splan_bench', c.id, 'Before the test', g.id, '2027-01-01', '2027-01-31', 'active', ?1 FROM users c, users g WHERE c.username = 'grade6' AND g.email = 'guardian@demo.kinboard.test' AND (SELECT count(*) FROM t) >= 0`);
const makeAssignment = make("asg_bench", `INSERT OR IGNORE INTO assignments (id, school_id, subject_id, author_id, title, instructions, audience, status, due_at, time_zone, created_at, changed_at)
  SELECT 'asg_bench', school_id, subject_id, teacher_id, 'Ten sums', 'Do them all.', 'subject', 'open', ?1 + 86400000, 'Africa/Nairobi', ?1, ?1 FROM t`);
async function makeSubmission(db: D1Database): Promise<string> {
  await makeAssignment(db);
  return make("subm_bench", `INSERT OR IGNORE INTO submissions (id, assignment_id, student_id, school_id, teacher_id, attempt, text, late, status, submitted_at)
    SELECT 'subm_bench', 'asg_bench', student_id, school_id, teacher_id, 1, 'Here they are.', 0, 'waiting', ?1 FROM t`)(db);
}
/** Its row without its bytes: what is measured is the page that says so. */
async function makeFile(db: D1Database): Promise<string> {
  await makeMaterial(db);
  return make("file_bench", `INSERT OR IGNORE INTO attachments (id, of, of_id, school_id, name, type, size, key, sha256, uploaded_by, created_at)
    SELECT 'file_bench', 'material', 'mat_bench', school_id, 'sums.pdf', 'application/pdf', 1, 'attachments/bench', '', teacher_id, ?1 FROM t`)(db);
}

async function madeHere(db: D1Database): Promise<string> {
  await db.prepare("UPDATE users SET home_school_id = (SELECT m.school_id FROM memberships m WHERE m.user_id = users.id LIMIT 1) WHERE username = 'grade3'").run();
  return child("grade3")(db);
}

async function writeTicket(_db: D1Database, world: BenchWorld): Promise<string> {
  const send = async (body?: URLSearchParams) => fetch(`${world.url}/support/tickets/new`, { headers: { "Cookie": await world.cookieOf("guardian", "browser"), "Sec-Fetch-Site": "same-origin" }, redirect: "manual", ...(body ? { method: "POST", body } : {}) });
  const schoolId = /(?:name="schoolId" value|<option value)="(\w+)"/.exec(await (await send()).text())![1]!;
  return (await send(new URLSearchParams({ schoolId, subject: "A question", text: "How do I set a limit?" }))).headers.get("Location")!.split("/").at(-1)!;
}

/** The room of grade6 and a teacher with twenty messages between them. */
async function talk(db: D1Database, world: BenchWorld): Promise<string> {
  const room = (await db.prepare("SELECT c.id, t.email FROM conversations c JOIN users u ON u.id = c.child_id AND u.username = 'grade6' JOIN users t ON t.id = c.staff_id JOIN enrolments e ON e.id = c.enrolment_id WHERE e.ends_at IS NULL AND t.email LIKE 'teacher@%' ORDER BY c.id LIMIT 1").first<{ id: string; email: string }>())!;
  const cookies = [await world.cookieOf("teacher"), await world.cookieOf("grade6")];
  for (let at = 0; at < 20; at++) {
    const answer = await fetch(`${world.url}/messages/${room.id}`, { method: "POST", redirect: "manual", headers: { "Cookie": cookies[at % 2]!, "Sec-Fetch-Site": "same-origin" }, body: new URLSearchParams({ text: SAID[at % SAID.length]!, clientId: `bench-message-${at}` }) });
    if (answer.status !== 303) throw new Error(`a message was answered with ${answer.status}`);
  }
  return room.id;
}
const SAID = [
  "Good morning Amina, please bring the blue exercise book tomorrow.", "Yes, I have it in my bag already.", "We go on with fractions on page 42. Try the first three before the lesson, the others we do together.", "I did one and two. Three I do not understand at all",
  "That one is hard. Draw the cake first, then cut it.", "Oh! Is it five eighths?", "It is. Well done.",
];

const announce = make("conv_bench", `INSERT OR IGNORE INTO conversations (id, kind, school_id, staff_id, opened_by, created_at) SELECT 'conv_bench', 'announcement', school_id, teacher_id, teacher_id, ?1 FROM t`);

async function reportMessage(db: D1Database, world: BenchWorld): Promise<string> {
  await db.prepare(`INSERT OR IGNORE INTO message_reports (id, conversation_id, seq, school_id, child_id, author_id, written_at, text, reported_by, reason, status, created_at)
    SELECT 'rep_bench', c.id, 1, c.school_id, c.child_id, c.staff_id, ?1, 'Some words', c.child_id, 'hurtful', 'open', ?1 FROM conversations c WHERE c.id = ?2`).bind(Date.now(), await talk(db, world)).run();
  return "rep_bench";
}

const visits: Record<string, Visit> = {
  "/": { who: null, redirects: true },
  "/home": { who: "guardian", daily: true },
  "/sign-in": { who: null },
  "/sign-up": { who: null },
  "/sign-up/verify": { who: null, search: "?for=signup_bench" },
  "/sign-in/child": { who: null },
  "/sign-in/class/:code": { who: null, find: openClass },
  "/sign-in/verify": { who: "secured", session: "half" },
  "/sign-out": { who: "guardian" },
  "/step-up": { who: "guardian" },
  "/password-reset/:token": { who: null, find: forgetPassword },
  "/recover": { who: null },
  "/recover/:secret": { who: null, find: async () => code },
  "/recover/cancel/:token": { who: null, find: async (db, { vault }) => `${await askForWord(db)}.${Buffer.from(await vault.digest("cancel-recovery:rec_bench")).toString("base64url")}` },
  "/recoveries/:recoveryId": { who: "co-guardian", find: askForWord },
  "/welcome/:token": { who: null, find: welcome },
  "/settings/password-change": { who: "guardian", redirects: true },
  "/settings": { who: "guardian" },
  "/settings/profile": { who: "guardian" },
  "/settings/security": { who: "secured" },
  "/settings/security/tokens": { who: "guardian" },
  "/settings/notifications": { who: "guardian" },
  "/settings/calendar": { who: "guardian" },
  "/settings/security/2fa": { who: "guardian" },
  "/settings/privacy": { who: "guardian" },
  "/settings/consent/audit": { who: "guardian" },
  "/settings/consent": { who: "guardian", search: "?to=teachers" },
  "/family": { who: "guardian" },
  "/families/new": { who: "guardian" },
  "/family/people": { who: "guardian" },
  "/family/people/contacts": { who: "guardian" },
  "/family/people/invite": { who: "guardian" },
  "/family/people/:guardianshipId": { who: "guardian", find: idOf("SELECT g.id FROM guardianships g JOIN users u ON u.id = g.guardian_id WHERE u.email LIKE 'guardian@%' ORDER BY g.id LIMIT 1") },
  "/view-as": { who: "guardian" },
  "/join": { who: "guardian" },
  "/join/:code": { who: "other-guardian", find: invite },
  "/children": { who: "guardian" },
  "/children/:childId": { who: "guardian", find: child("grade6") },
  "/messages": { who: "guardian" },
  "/messages/announcements": { who: "teacher" },
  "/messages/announcements/:announcementId": { who: "teacher", find: announce },
  "/messages/:conversationId/later": { who: "grade6", find: talk },
  "/messages/:conversationId/report": { who: "grade6", find: talk },
  "/admin/moderation": { who: "admin" },
  "/admin/moderation/:reportId": { who: "admin", find: reportMessage },
  "/messages/new": { who: "guardian" },
  "/messages/:conversationId": { who: "grade6", find: talk, daily: true },
  "/inbox": { who: "guardian" },
  "/more": { who: "guardian" },
  "/schedule": { who: "teacher", daily: true },
  "/schedule/new": { who: "teacher" },
  "/schedule/:lessonId": { who: "teacher", find: setLesson },
  "/schedule/:lessonId/move": { who: "guardian", find: idOf("SELECT l.id FROM lessons l JOIN users u ON u.id = l.student_id WHERE u.username = 'grade6' AND l.status = 'scheduled' ORDER BY l.starts_at DESC LIMIT 1") },
  "/students": { who: "teacher" },
  "/children/:childId/materials": { who: "guardian", find: child("grade6") },
  "/materials": { who: "grade6" },
  "/materials/new": { who: "teacher" },
  "/materials/:materialId": { who: "teacher", find: makeMaterial },
  "/study-plans/new": { who: "guardian", find: child("grade6") },
  "/study-plans/:studyPlanId": { who: "guardian", find: makePlan },
  "/assignments": { who: "grade6" },
  "/assignments/new": { who: "teacher" },
  "/assignments/:assignmentId": { who: "teacher", find: makeAssignment },
  "/submissions/:submissionId": { who: "teacher", find: makeSubmission },
  "/files/:fileId": { who: "teacher", find: makeFile, redirects: true },
  "/students/:studentId": { who: "teacher", find: taught },
  "/students/:studentId/observations": { who: "teacher", find: taught },
  "/students/:studentId/assessments": { who: "teacher", find: taught },
  "/students/:studentId/notes": { who: "teacher", find: taught },
  "/students/:studentId/attendance": { who: "teacher", find: taught },
  "/observations/:observationId": { who: "teacher", find: write("observations") },
  "/assessments/:assessmentId": { who: "teacher", find: write("assessments") },
  "/notes/:noteId": { who: "teacher", find: write("student_notes") },
  "/classes/:classId/attendance": { who: "admin", find: classOf },
  "/children/:childId/learning": { who: "guardian", find: child("grade6") },
  "/book": { who: "grade6" },
  "/schedule/availability": { who: "teacher" },
  "/schedule/:lessonId/attendance": { who: "guardian", find: lessonOf("grade6") },
  "/approvals": { who: "guardian", daily: true },
  "/approvals/:requestId": { who: "guardian", find: waiting("grade8"), daily: true },
  "/children/:childId/pin": { who: "guardian", find: child("grade6") },
  "/classes/:classId/code": { who: "admin", find: classOf },
  "/children/:childId/budget": { who: "guardian", find: child("grade6"), daily: true },
  "/children/:childId/account": { who: "guardian", find: child("grade6") },
  "/children/:childId/activity": { who: "guardian", find: child("grade6") },
  "/children/:childId/achievements": { who: "guardian", find: child("grade6") },
  "/students/:studentId/achievements/new": { who: "teacher", find: idOf("SELECT e.student_id AS id FROM enrolments e JOIN users u ON u.id = e.teacher_id WHERE u.email LIKE 'teacher@%' AND e.ends_at IS NULL ORDER BY e.id LIMIT 1") },
  "/verify/:linkCode": { who: null, find: achieve },
  "/children/:childId/goals": { who: "guardian", find: child("grade6") },
  "/children/:childId/mood": { who: "guardian", find: child("grade6") },
  "/shop": { who: "grade6" },
  "/shop/:planId": { who: "grade6", find: idOf("SELECT p.id FROM plans p JOIN memberships m ON m.school_id = p.school_id AND m.role = 'student' JOIN users u ON u.id = m.user_id AND u.username = 'grade6' WHERE p.kind = 'hours' ORDER BY p.id LIMIT 1") },
  "/requests": { who: "grade6" },
  "/requests/:requestId": { who: "grade6", find: idOf("SELECT r.id FROM purchase_requests r JOIN users u ON u.id = r.student_id AND u.username = 'grade6' ORDER BY r.status = 'pending' DESC, r.id DESC LIMIT 1") },
  "/finance": { who: "guardian" },
  "/finance/methods": { who: "guardian" },
  "/finance/pay/:paymentId": { who: "guardian", find: idOf("SELECT id FROM payments WHERE status = 'failed' OR status = 'pending' ORDER BY status, id LIMIT 1") },
  "/finance/history": { who: "guardian" },
  "/admin": { who: "admin" },
  "/admin/families": { who: "admin" },
  "/admin/schools/new": { who: "admin" },
  "/admin/school": { who: "admin" },
  "/admin/people": { who: "admin" },
  "/admin/people/new": { who: "admin" },
  "/admin/people/invitations": { who: "admin" },
  "/admin/people/:personId": { who: "admin", find: child("grade6") },
  "/admin/people/:personId/erase": { who: "admin", find: madeHere },
  "/admin/people/:personId/merge": { who: "admin", find: child("grade6") },
  "/admin/audit": { who: "admin" },
  "/join-school/:code": { who: "other-guardian", find: inviteToSchool },
  "/admin/plans": { who: "admin" },
  "/admin/integrations": { who: "admin" },
  "/admin/payments": { who: "admin" },
  "/admin/children/:childId": { who: "admin", find: child("grade6") },
  "/admin/enrolments": { who: "admin" },
  "/admin/import": { who: "admin" },
  "/admin/imports/:importId": { who: "admin", find: tryFile },
  "/support": { who: "guardian" },
  "/support/tickets": { who: "admin" },
  "/support/tickets/new": { who: "guardian" },
  "/support/tickets/:ticketId": { who: "guardian", find: writeTicket },
  "/support/articles/:slug": { who: "guardian", find: async () => "approving-purchases" },
  "/dev/mailbox": { who: null, onlyIn: "development" },
  "/dev/vendors": { who: null, onlyIn: "development" },
  "/dev/pieces": { who: "guardian", onlyIn: "development" },
};

export type Page = { pattern: string; path: string; cookie: string; status: 200 | 302; daily: boolean };

/** Every page of the site map as its person opens it. */
export async function pagesOf(world: BenchWorld, environment: "production" | "development" = "production"): Promise<Page[]> {
  const patterns = routes.map((route) => `/${route.path ?? ""}`).filter((pattern) => pattern !== "/*" && [undefined, environment].includes(visitOf(pattern).onlyIn));
  const pages: Page[] = [];
  for (const pattern of patterns) pages.push(await pageOf(world, pattern));
  return pages;
}

export async function pageOf(world: BenchWorld, pattern: string): Promise<Page> {
  const visit = visitOf(pattern);
  const id = await visit.find?.(world.db, world);
  return {
    pattern, path: pattern.replace(/:\w+/, () => id!) + (visit.search ?? ""), cookie: visit.who ? await world.cookieOf(visit.who, visit.session ?? "browser") : "",
    status: visit.redirects ? 302 : 200, daily: visit.daily ?? false,
  };
}

/** A route without a line above stops the bench. */
function visitOf(pattern: string): Visit {
  const visit = visits[pattern];
  if (!visit) throw new Error(`${pattern} has no line in tests/bench/pages.ts`);
  return visit;
}

export function open(world: BenchWorld, page: Page, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(world.url + page.path, { headers: { ...headers, Cookie: [page.cookie, headers.Cookie].filter(Boolean).join("; ") }, redirect: "manual" });
}
