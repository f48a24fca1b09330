/**
 * What becomes of every column that holds a person's id or personal words when the person is erased, and when their account is merged into
 * another. Both operations are generated from this table, and a test walks the schema: no table may be forgotten.
 */
export type PersonColumn = {
  /** `delete` the row, `null` the id, or `keep` it: the users row stays without name or address, so the id then names nobody. */
  erase: "delete" | "null" | "keep";
  /** What else of the row is overwritten where the id is kept or nulled: column -> SQL. */
  set?: Record<string, string>;
  /** Rows that hang on a deleted one: their column is nulled. */
  release?: { table: string; column: string };
  /** `move` the rows to the account that is kept, or let them `stay`. */
  merge: "move" | "stay";
  /** Only these move. */
  only?: string;
  /** Rows that the kept account has already stay behind, are dropped (these columns are written down: all there are), or overwritten: column -> SQL. */
  twice?: { drop: string[] } | { set: Record<string, string> };
};

export type TableRule = {
  people?: Record<string, PersonColumn>;
  /** Words somebody typed, and secrets: whose they are (a column of `people`), or why they may stay or how they are found. */
  words?: Record<string, string>;
  /** Codes, keys of the catalogue, ids of things. */
  plain?: string[];
  /** What tells rows apart beside `id`; with `twice` the reason why a row cannot move. `where` as in the index. */
  keys?: { columns: string[]; where?: string; primary?: true }[];
};

/** The account's own: goes with it, and opens no other account. */
const own: PersonColumn = { erase: "delete", merge: "stay" };
/** Facts about the person: deleted with them, moved with them. */
const about: PersonColumn = { erase: "delete", merge: "move" };
/** Who did it. */
const trace: PersonColumn = { erase: "keep", merge: "move" };
const optional: PersonColumn = { erase: "null", merge: "move" };
/** Books: kept under legal obligation, and never moved, because the ledger cannot be. */
const books: PersonColumn = { erase: "keep", merge: "stay" };

/** A room that the kept account has too: both stay to be read, and only that one goes on. */
const secondRoom = (column: string) => ({ set: { [column]: "(SELECT kept FROM p)", closed_at: "coalesce(closed_at, (SELECT now FROM p))" } });

export const personColumns: Record<string, TableRule> = {
  users: { words: { name: "erased", email: "erased", username: "erased", phone: "erased", birth_date: "erased", avatar_key: "erased" }, plain: ["locale", "time_zone", "level", "home_school_id"] },
  backup_codes: { people: { user_id: own }, plain: ["code_hash"], keys: [{ columns: ["user_id", "code_hash"] }] },
  code_factors: { people: { user_id: own }, words: { address: "user_id" }, keys: [{ columns: ["user_id", "channel"] }] },
  email_changes: { people: { user_id: own }, words: { email: "user_id" }, plain: ["code_hash"] },
  login_attempts: { people: { user_id: own }, words: { address: "user_id", user_agent: "user_id" }, plain: ["outcome"] },
  mailed_secrets: { people: { user_id: own }, plain: ["secret_hash"] },
  passkey_challenges: { people: { user_id: own }, plain: ["challenge"] },
  passkeys: { people: { user_id: own }, words: { name: "user_id" }, plain: ["public_key", "transports", "device_type"] },
  passwords: { people: { user_id: own }, plain: ["hash"] },
  recoveries: { people: { user_id: own, voucher_id: { erase: "null", merge: "stay" } }, plain: ["secret_hash"] },
  sent_codes: { people: { user_id: own }, plain: ["code_hash"] },
  sessions: { people: { user_id: own, view_as_id: { erase: "null", merge: "stay" } }, words: { name: "user_id", address: "user_id", user_agent: "user_id" }, plain: ["token_hash", "scopes"] },
  sign_ups: { words: { email: "matched", name: "matched", family: "matched" }, plain: ["password_hash", "time_zone", "code_hash"] },
  totp_factors: { people: { user_id: own }, plain: ["sealed_secret"] },
  user_profiles: {
    people: { user_id: about }, words: { emergency_name: "user_id", emergency_phone: "user_id", billing_address: "user_id" }, plain: ["notification_defaults"], keys: [{ columns: ["user_id"], primary: true }],
  },
  rate_limits: { words: { key: "lapses" } },

  families: { words: { name: "household", address: "household" }, plain: ["currency", "time_zone", "preferred_programmes"] },
  family_contacts: { people: { child_id: about, added_by: trace }, words: { name: "child_id", relationship: "child_id", phone: "child_id", note: "child_id" } },
  family_invitations: { people: { invited_by: about }, words: { name: "matched", email: "matched" }, plain: ["child_ids", "rights", "code_hash"], keys: [] },
  family_members: { people: { user_id: { ...about, twice: { drop: ["family_id", "user_id", "role", "joined_at"] } } }, keys: [{ columns: ["family_id", "user_id"], primary: true }] },
  // Moved by `planGuardianships`: which of two stays, and with which rights, takes more than a statement.
  // Rights that were lent are nobody's own when the lender is gone.
  guardianships: { people: { guardian_id: own, child_id: own, delegated_by: { ...optional, set: { active: "0", ends_at: "min(ends_at, (SELECT now FROM p))" } } } },
  restricted_attempts: {
    people: { child_id: about, person_id: { ...trace, set: { address: "NULL" } } }, words: { address: "person_id" }, plain: ["last_path"], keys: [{ columns: ["child_id", "person_id", "hour_starts_at"], primary: true }],
  },
  restrictions: {
    people: { child_id: about, person_id: about, set_by: trace, lifted_by: optional }, words: { reason: "person_id" }, keys: [{ columns: ["child_id", "person_id", "school_id"], where: "ends_at IS NULL" }],
  },

  schools: { words: { name: "school" }, plain: ["currency", "time_zone"] },
  memberships: { people: { user_id: { ...about, twice: { set: { active: "0" } } } }, keys: [{ columns: ["user_id", "school_id", "role"] }] },
  // Kept by triggers on users and memberships.
  school_people: { people: { user_id: own }, words: { sort_name: "user_id" }, plain: ["level"], keys: [{ columns: ["school_id", "user_id", "kind"] }] },
  school_people_words: { people: { user_id: own }, words: { word: "user_id" }, keys: [{ columns: ["school_id", "user_id", "kind", "word"] }] },
  school_invitations: { people: { invited_by: trace }, words: { name: "matched", email: "matched", specialisation: "matched" }, plain: ["roles", "subject_ids", "student_ids", "family_ids", "code_hash"] },
  plans: { words: { name: "school", description: "school" }, plain: ["currency"] },
  subjects: { words: { name: "school", code: "school" } },
  terms: { words: { name: "school" }, plain: ["parent_id", "starts_on", "ends_on"] },
  classes: { people: { teacher_id: optional }, words: { name: "school" }, plain: ["level"] },
  class_codes: { people: { created_by: trace }, plain: ["code_hash"] },
  enrolments: { people: { student_id: { ...about, release: { table: "conversations", column: "enrolment_id" } }, teacher_id: trace, tutor_id: optional }, words: { custom_name: "student_id" }, keys: [{ columns: ["school_id", "student_id", "subject_id", "teacher_id"] }] },
  tutor_assignments: { people: { tutor_id: about, student_id: about }, keys: [{ columns: ["school_id", "tutor_id", "student_id"], primary: true }] },
  student_profiles: { people: { student_id: about }, words: { number: "student_id", goal: "student_id" }, keys: [{ columns: ["school_id", "student_id"], primary: true }, { columns: ["school_id", "number"] }] },
  staff_profiles: { people: { staff_id: about }, words: { specialisation: "staff_id" }, plain: ["subject_ids"], keys: [{ columns: ["school_id", "staff_id"], primary: true }] },
  sourced_ids: { people: { target_id: about }, plain: ["sourced_id"], keys: [{ columns: ["school_id", "kind", "sourced_id"], primary: true }] },
  imports: { people: { started_by: trace }, words: { file_name: "school" }, plain: ["file_key", "failure"] },
  import_rows: { words: { about: "matched" }, plain: ["part", "problem"] },
  // A merge that an erased person was part of cannot be undone any more.
  merges: { people: { kept_id: { ...books, set: { moved: "'[]'", undo_until: "created_at" } }, gone_id: { ...books, set: { moved: "'[]'", undo_until: "created_at" } }, merged_by: books }, words: { moved: "kept_id" } },

  lesson_series: { people: { teacher_id: trace, student_id: about, created_by: trace }, words: { place: "student_id", link: "student_id" }, plain: ["time_zone", "weekdays", "local_start", "starts_on", "ends_on"] },
  lessons: {
    people: { teacher_id: trace, student_id: { erase: "keep", merge: "move", set: { topic: "NULL", place: "NULL", link: "NULL", cancel_reason: "NULL" } }, approved_by: optional, cancelled_by: optional, created_by: trace },
    words: { topic: "student_id", place: "student_id", link: "student_id", cancel_reason: "student_id" }, plain: ["time_zone", "series_date", "local_start", "local_end"],
  },
  lesson_slots: { people: { teacher_id: trace, student_id: about }, keys: [{ columns: ["lesson_id", "kind"], primary: true }] },
  bookings: {
    people: { student_id: { erase: "keep", merge: "move", set: { message: "NULL", reason: "NULL", status: "CASE status WHEN 'pending' THEN 'cancelled' ELSE status END" } }, requested_by: trace, decided_by: optional },
    words: { message: "student_id", reason: "student_id" }, plain: ["local_start", "local_end", "time_zone"], keys: [],
  },
  lesson_changes: { people: { by_id: optional }, plain: ["facts"] },
  lesson_outcomes: { people: { student_id: { erase: "keep", merge: "move", set: { note: "NULL", dispute: "NULL" } }, answered_by: optional, resolved_by: optional }, words: { note: "student_id", dispute: "student_id" }, keys: [{ columns: ["lesson_id"], primary: true }] },
  availability: { people: { teacher_id: own }, plain: ["local_start", "local_end", "time_zone"] },
  absences: { people: { teacher_id: own }, plain: ["starts_on", "ends_on"] },
  lesson_rules: { people: { child_id: own, set_by: trace }, keys: [{ columns: ["child_id"], primary: true }] },
  calendar_feeds: { people: { user_id: own, child_id: own }, words: { name: "user_id" }, plain: ["secret_hash"] },

  attachments: { people: { student_id: about, uploaded_by: trace }, words: { name: "student_id" }, plain: ["of", "of_id", "type", "key", "sha256"] },
  materials: { people: { author_id: trace }, words: { title: "school", text: "school", link: "school" } },
  recipients: { people: { student_id: about }, plain: ["thing_id"], keys: [{ columns: ["thing_id", "student_id"], primary: true }] },
  material_progress: { people: { student_id: about }, keys: [{ columns: ["material_id", "student_id"], primary: true }] },
  study_plan_steps: { people: { student_id: about }, words: { text: "student_id" }, plain: ["due_on"], keys: [{ columns: ["plan_id", "position"], primary: true }] },
  study_plans: { people: { student_id: about, author_id: trace }, words: { title: "student_id" }, plain: ["starts_on", "ends_on"] },
  assignments: { people: { author_id: trace }, words: { title: "school", instructions: "school" }, plain: ["competency", "time_zone"] },
  // What hangs on a row goes before it.
  feedback: { people: { student_id: about, author_id: trace }, words: { comment: "student_id" }, keys: [] },
  submissions: { people: { student_id: about, teacher_id: trace }, words: { text: "student_id" }, keys: [{ columns: ["assignment_id", "student_id", "attempt"] }] },
  observations: { people: { student_id: about, author_id: trace }, words: { text: "student_id" }, plain: ["observed_on"] },
  assessments: { people: { student_id: about, author_id: trace }, words: { title: "student_id", comment: "student_id" }, plain: ["taken_on"] },
  competency_evidence: { people: { student_id: about }, plain: ["competency", "source_id"], keys: [] },
  student_notes: { people: { student_id: about, author_id: trace }, words: { text: "student_id" } },
  attendance: { people: { student_id: about, taken_by: trace }, words: { note: "student_id" }, plain: ["on_date"], keys: [{ columns: ["class_id", "student_id", "on_date"], where: "class_id IS NOT NULL" }] },
  activities: { people: { student_id: about }, words: { about: "student_id" }, plain: ["cause", "on_date"], keys: [{ columns: ["student_id", "cause"] }] },
  achievements: { people: { student_id: about, issued_by: trace }, words: { title: "student_id", description: "student_id", criteria: "student_id", revoked_because: "student_id", credential: "student_id" }, plain: ["link_code"] },
  signing_keys: { plain: ["public_jwk", "sealed_private_jwk"] },
  goal_steps: { people: { student_id: about, by_id: trace }, words: { note: "student_id" } },
  goals: { people: { student_id: about, created_by: optional }, words: { title: "student_id", why: "student_id", suggestion: "student_id" }, plain: ["target_on"], keys: [{ columns: ["student_id", "title"], where: "origin = 'system'" }] },
  moods: { people: { student_id: about, recorded_by: trace }, words: { note: "student_id" }, plain: ["on_date"], keys: [{ columns: ["student_id", "on_date", "recorded_by"] }] },

  budget_controls: { people: { child_id: { ...about, erase: "keep", set: { active: "0" } }, guardian_id: { ...about, erase: "keep", set: { active: "0" } } }, plain: ["currency"], keys: [{ columns: ["child_id", "guardian_id"] }] },
  budget_control_limits: { plain: ["starts_on"] },
  budget_periods: { people: { child_id: books }, plain: ["starts_on"] },
  budget_alerts: { people: { child_id: own }, plain: ["starts_on"] },
  decision_rules: { people: { child_id: own } },

  purchase_requests: {
    // What waits for a decision moves; what was decided stays with the books.
    people: {
      student_id: { erase: "keep", set: { message: "NULL", status: "CASE status WHEN 'pending' THEN 'cancelled' ELSE status END" }, merge: "move", only: "status = 'pending'" },
      requested_by: { ...trace, set: { message: "NULL" } },
    },
    words: { message: "requested_by", plan_name: "school" }, plain: ["currency", "renewal_of"], keys: [],
  },
  purchase_decisions: { people: { guardian_id: { ...trace, set: { note: "NULL" } } }, words: { note: "guardian_id" }, keys: [{ columns: ["request_id", "guardian_id"] }] },
  reservations: { people: { child_id: books }, plain: ["currency", "week_starts_on", "month_starts_on"] },
  payment_customers: { people: { user_id: own }, plain: ["customer_ref"] },
  payment_methods: {
    people: { user_id: { erase: "keep", merge: "stay", set: { brand: "''", last4: "''", exp_month: "0", exp_year: "0", is_default: "0", removed_at: "coalesce(removed_at, created_at)" } } },
    words: { brand: "user_id", last4: "user_id" }, plain: ["provider_ref"],
  },
  payments: { people: { student_id: books, payer_id: books }, plain: ["currency", "intent_ref", "checkout_ref", "checkout_url", "failure_code"] },
  refunds: { people: { requested_by: books }, words: { reason: "school" }, plain: ["currency", "provider_ref", "failure_code", "week_starts_on", "month_starts_on"] },
  provider_events: { plain: ["event_id", "type", "object_ref"] },
  ledger_entries: { people: { student_id: books }, plain: ["debit", "credit", "unit", "cause_id"] },
  ledger_balances: { plain: ["account", "unit"] },

  // What was said is in the rooms; erasing goes there too.
  conversations: {
    people: {
      child_id: { erase: "keep", merge: "move", set: { last_text: "NULL" }, twice: secondRoom("child_id") }, staff_id: { ...trace, twice: secondRoom("staff_id") }, opened_by: { erase: "keep", merge: "move", set: { subject: "NULL" } },
      last_sender_id: { erase: "null", merge: "move", set: { last_text: "NULL" } },
    },
    words: { subject: "opened_by", last_text: "last_sender_id" },
    keys: [{ columns: ["child_id", "staff_id", "school_id"], where: "kind = 'student_tutor' AND closed_at IS NULL" }, { columns: ["child_id", "staff_id", "school_id"], where: "kind = 'guardian_teacher' AND closed_at IS NULL" }],
  },
  // The words of a report go with whoever wrote them, and with the child of the room.
  message_reports: {
    people: {
      child_id: { erase: "keep", merge: "move", set: { text: "NULL" } }, author_id: { erase: "null", merge: "move", set: { text: "NULL" } },
      reported_by: { ...trace, set: { words: "NULL" } }, decided_by: { ...optional, set: { note: "NULL" } },
    },
    words: { text: "author_id", words: "reported_by", note: "decided_by" }, keys: [{ columns: ["conversation_id", "seq", "reported_by"] }],
  },
  conversation_files: { people: { uploaded_by: about }, words: { name: "uploaded_by" }, plain: ["type", "key", "sha256"] },
  seats: { people: { user_id: own }, keys: [{ columns: ["user_id", "conversation_id"], primary: true }] },
  listeners: { people: { user_id: own }, keys: [{ columns: ["user_id"], primary: true }] },
  stirred: { people: { user_id: own }, keys: [{ columns: ["user_id"], primary: true }] },
  notifications: {
    people: { user_id: { ...own, release: { table: "deliveries", column: "notification_id" } }, child_id: { ...own, release: { table: "deliveries", column: "notification_id" } } },
    words: { facts: "matched" }, plain: ["type", "path", "cause"],
  },
  deliveries: { people: { user_id: own }, plain: ["provider_ref", "problem"] },
  integrations: { people: { changed_by: trace }, plain: ["channel_id", "sealed_token", "problem"], keys: [{ columns: ["school_id", "kind"], primary: true }] },
  notification_settings: { people: { user_id: own }, plain: ["quiet_from", "quiet_until"], keys: [{ columns: ["user_id"], primary: true }] },
  notification_choices: {
    people: { user_id: own, child_id: own }, keys: [{ columns: ["user_id", "child_id", "topic", "channel"], where: "child_id IS NOT NULL" }, { columns: ["user_id", "topic", "channel"], where: "child_id IS NULL" }],
  },
  push_subscriptions: { people: { user_id: own }, words: { endpoint: "user_id", user_agent: "user_id" }, keys: [{ columns: ["endpoint"] }] },
  mailbox_messages: { words: { recipient: "matched", subject: "matched", body: "matched" } },

  consents: {
    people: { child_id: about, set_by: { ...optional, set: { reason: "NULL" } } }, words: { reason: "set_by" }, plain: ["data_type", "recipient"],
    keys: [{ columns: ["child_id", "data_type", "recipient"], primary: true }],
  },
  consent_proposals: {
    people: { child_id: about, proposed_by: { ...trace, set: { reason: "NULL" } }, answered_by: optional }, words: { reason: "proposed_by" }, plain: ["data_type", "recipient"],
    keys: [{ columns: ["child_id", "data_type", "recipient"], where: "status = 'pending'" }],
  },
  // Who looked remains the family's proof, though the one who looked is erased.
  access_log: { people: { child_id: about, viewer_id: trace }, plain: ["data_type", "capacity"], keys: [{ columns: ["child_id", "viewer_id", "data_type", "hour_starts_at", "capacity"], primary: true }] },

  // See docs/decisions/018: by hashed id, digests without their salts.
  audit_events: {
    words: { actor_id: "hashed", subject_id: "hashed", child_id: "hashed", details: "hashed", address: "hashed", user_agent: "hashed" }, plain: ["action", "request_id", "who_salt", "what_salt", "erasure_id"],
  },
  audit_seals: { plain: ["child", "frame", "who", "what", "digest", "event_id"] },
  jobs: { words: { payload: "matched", last_error: "lapses" }, plain: ["kind"] },
  idempotency_keys: { people: { actor_id: own }, plain: ["key", "fingerprint", "result_id"], keys: [{ columns: ["actor_id", "key"] }] },
  sweep_runs: { plain: ["sweep"] },
};
