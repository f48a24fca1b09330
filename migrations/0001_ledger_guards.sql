-- The ledger is append-only: a mistake is a reversing entry.
CREATE TRIGGER ledger_entries_never_change BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_is_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_never_vanish BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_is_append_only'); END;
--> statement-breakpoint
-- The balances are a cache; they move in the same write as the entry.
CREATE TRIGGER ledger_entries_move_balances AFTER INSERT ON ledger_entries
BEGIN
  INSERT INTO ledger_balances (account, unit, balance) VALUES (NEW.debit, NEW.unit, NEW.amount)
    ON CONFLICT (account, unit) DO UPDATE SET balance = balance + NEW.amount;
  INSERT INTO ledger_balances (account, unit, balance) VALUES (NEW.credit, NEW.unit, -NEW.amount)
    ON CONFLICT (account, unit) DO UPDATE SET balance = balance - NEW.amount;
END;
--> statement-breakpoint
-- So is the audit log, but for erasing what it holds of a person: for the sake of an erasure that is itself in the log.
CREATE TRIGGER audit_events_never_change BEFORE UPDATE ON audit_events
WHEN NOT (NEW.seq = OLD.seq AND NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.action = OLD.action AND NEW.family_id IS OLD.family_id AND NEW.school_id IS OLD.school_id AND NEW.request_id IS OLD.request_id
  AND (NEW.who_salt IS NULL AND (NEW.actor_id IS OLD.actor_id OR NEW.actor_id LIKE 'erased~_%' ESCAPE '~') AND NEW.address IS NULL AND NEW.user_agent IS NULL
    OR NEW.who_salt IS OLD.who_salt AND NEW.actor_id IS OLD.actor_id AND NEW.address IS OLD.address AND NEW.user_agent IS OLD.user_agent)
  AND (NEW.what_salt IS NULL OR NEW.what_salt IS OLD.what_salt AND NEW.subject_id = OLD.subject_id AND NEW.child_id IS OLD.child_id AND NEW.details = OLD.details)
  AND EXISTS (SELECT 1 FROM audit_events e WHERE e.id = NEW.erasure_id AND e.action = 'person.erased'))
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_events_never_vanish BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_seals_never_change BEFORE UPDATE ON audit_seals
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_seals_never_vanish BEFORE DELETE ON audit_seals
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
--> statement-breakpoint
-- The lists of a school's people follow `users` and `memberships`. Writing into this view refreshes one person's rows.
CREATE VIEW school_people_refresh AS SELECT school_id, user_id FROM memberships;
--> statement-breakpoint
CREATE TRIGGER school_people_refreshed INSTEAD OF INSERT ON school_people_refresh
BEGIN
  DELETE FROM school_people_words WHERE school_id = NEW.school_id AND user_id = NEW.user_id;
  DELETE FROM school_people WHERE school_id = NEW.school_id AND user_id = NEW.user_id;
  INSERT INTO school_people (school_id, user_id, kind, active, sort_name, level)
    SELECT m.school_id, m.user_id, CASE m.role WHEN 'student' THEN 'student' WHEN 'parent' THEN 'guardian' ELSE 'staff' END, max(m.active = 1 AND u.status = 'active'), lower(u.name), u.level
    FROM memberships m JOIN users u ON u.id = m.user_id AND u.status <> 'erased'
    WHERE m.school_id = NEW.school_id AND m.user_id = NEW.user_id GROUP BY 1, 2, 3;
  INSERT OR IGNORE INTO school_people_words (school_id, user_id, kind, active, word)
    SELECT p.school_id, p.user_id, p.kind, p.active, w.value
    FROM school_people p JOIN users u ON u.id = p.user_id
      JOIN json_each('[' || replace(json_quote(lower(u.name || ' ' || coalesce(u.username, '') || ' ' || coalesce(u.email, ''))), ' ', '","') || ']') w
    WHERE p.school_id = NEW.school_id AND p.user_id = NEW.user_id AND w.value <> '';
END;
--> statement-breakpoint
CREATE TRIGGER memberships_made AFTER INSERT ON memberships
BEGIN INSERT INTO school_people_refresh VALUES (NEW.school_id, NEW.user_id); END;
--> statement-breakpoint
CREATE TRIGGER memberships_changed AFTER UPDATE ON memberships
BEGIN
  INSERT INTO school_people_refresh VALUES (OLD.school_id, OLD.user_id);
  INSERT INTO school_people_refresh VALUES (NEW.school_id, NEW.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER memberships_gone AFTER DELETE ON memberships
BEGIN INSERT INTO school_people_refresh VALUES (OLD.school_id, OLD.user_id); END;
--> statement-breakpoint
CREATE TRIGGER users_changed AFTER UPDATE OF name, username, email, level, status ON users
BEGIN INSERT INTO school_people_refresh SELECT DISTINCT school_id, user_id FROM memberships WHERE user_id = NEW.id; END;
--> statement-breakpoint
-- An enrolment opens its conversations, once, whichever way it came about: by hand, by import, by a new tutor.
CREATE TRIGGER enrolments_open_conversations AFTER INSERT ON enrolments
BEGIN
  INSERT INTO conversations (id, kind, school_id, child_id, enrolment_id, staff_id, created_at)
    VALUES ('conv_' || substr(NEW.id, instr(NEW.id, '_') + 1), 'student_teacher', NEW.school_id, NEW.student_id, NEW.id, NEW.teacher_id, NEW.created_at);
  INSERT INTO conversations (id, kind, school_id, child_id, staff_id, created_at)
    SELECT 'conv_' || lower(hex(randomblob(13))), 'student_tutor', NEW.school_id, NEW.student_id, NEW.tutor_id, NEW.created_at WHERE NEW.tutor_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.kind = 'student_tutor' AND c.child_id = NEW.student_id AND c.staff_id = NEW.tutor_id AND c.school_id = NEW.school_id);
END;
--> statement-breakpoint
CREATE TRIGGER enrolments_open_to_tutor AFTER UPDATE OF tutor_id ON enrolments WHEN NEW.tutor_id IS NOT NULL
BEGIN
  INSERT INTO conversations (id, kind, school_id, child_id, staff_id, created_at)
    SELECT 'conv_' || lower(hex(randomblob(13))), 'student_tutor', NEW.school_id, NEW.student_id, NEW.tutor_id, NEW.created_at
      WHERE NOT EXISTS (SELECT 1 FROM conversations c WHERE c.kind = 'student_tutor' AND c.child_id = NEW.student_id AND c.staff_id = NEW.tutor_id AND c.school_id = NEW.school_id);
END;
--> statement-breakpoint
CREATE TRIGGER tutor_assignments_open_conversation AFTER INSERT ON tutor_assignments
BEGIN
  INSERT INTO conversations (id, kind, school_id, child_id, staff_id, created_at)
    SELECT 'conv_' || lower(hex(randomblob(13))), 'student_tutor', NEW.school_id, NEW.student_id, NEW.tutor_id, NEW.starts_at
      WHERE NOT EXISTS (SELECT 1 FROM conversations c WHERE c.kind = 'student_tutor' AND c.child_id = NEW.student_id AND c.staff_id = NEW.tutor_id AND c.school_id = NEW.school_id);
END;

--> statement-breakpoint
-- Whose rights or counters may have changed is noted here, as far as they have a page open: by triggers, so that no act can forget them. Each of these views is written into with a person, a child or a family.
-- None of them uses a conflict clause: the one of the statement outside would win.
CREATE VIEW stir AS SELECT user_id FROM stirred;
--> statement-breakpoint
CREATE TRIGGER stir_listener INSTEAD OF INSERT ON stir
BEGIN
  INSERT INTO stirred SELECT NEW.user_id WHERE EXISTS (SELECT 1 FROM listeners l WHERE l.user_id = NEW.user_id) AND NOT EXISTS (SELECT 1 FROM stirred s WHERE s.user_id = NEW.user_id);
END;
--> statement-breakpoint
CREATE VIEW stir_child AS SELECT user_id AS child_id FROM stirred;
--> statement-breakpoint
CREATE TRIGGER stir_child_and_guardians INSTEAD OF INSERT ON stir_child WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (NEW.child_id);
  INSERT INTO stir SELECT g.guardian_id FROM guardianships g WHERE g.child_id = NEW.child_id;
END;
--> statement-breakpoint
CREATE VIEW stir_family AS SELECT user_id AS family_id FROM stirred;
--> statement-breakpoint
CREATE TRIGGER stir_family_members INSTEAD OF INSERT ON stir_family WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN INSERT INTO stir SELECT f.user_id FROM family_members f WHERE f.family_id = NEW.family_id; END;
--> statement-breakpoint
CREATE VIEW stir_member AS SELECT user_id FROM stirred;
--> statement-breakpoint
-- Who writes in a child's rooms hangs on the child and the teacher or tutor being at the school.
CREATE TRIGGER stir_member_and_partners INSTEAD OF INSERT ON stir_member WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.user_id);
  INSERT INTO stir SELECT c.staff_id FROM conversations c WHERE c.child_id = NEW.user_id;
  INSERT INTO stir_child SELECT DISTINCT c.child_id FROM conversations c WHERE c.staff_id = NEW.user_id AND c.child_id IS NOT NULL;
END;
--> statement-breakpoint
CREATE TRIGGER sessions_stir_delete AFTER DELETE ON sessions WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER sessions_stir_update AFTER UPDATE OF user_id, kind, expires_at ON sessions WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER users_stir_update AFTER UPDATE OF status ON users WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (NEW.id);
END;
--> statement-breakpoint
CREATE TRIGGER guardianships_stir_insert AFTER INSERT ON guardianships WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (NEW.guardian_id);
  INSERT INTO stir VALUES (NEW.child_id);
END;
--> statement-breakpoint
CREATE TRIGGER guardianships_stir_update AFTER UPDATE ON guardianships WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.guardian_id);
  INSERT INTO stir VALUES (OLD.child_id);
  INSERT INTO stir VALUES (NEW.guardian_id);
  INSERT INTO stir VALUES (NEW.child_id);
END;
--> statement-breakpoint
CREATE TRIGGER guardianships_stir_delete AFTER DELETE ON guardianships WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.guardian_id);
  INSERT INTO stir VALUES (OLD.child_id);
END;
--> statement-breakpoint
CREATE TRIGGER enrolments_stir_insert AFTER INSERT ON enrolments WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.student_id);
  INSERT INTO stir VALUES (NEW.teacher_id);
  INSERT INTO stir VALUES (NEW.tutor_id);
END;
--> statement-breakpoint
CREATE TRIGGER enrolments_stir_update AFTER UPDATE ON enrolments WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (OLD.student_id);
  INSERT INTO stir VALUES (OLD.teacher_id);
  INSERT INTO stir VALUES (OLD.tutor_id);
  INSERT INTO stir_child VALUES (NEW.student_id);
  INSERT INTO stir VALUES (NEW.teacher_id);
  INSERT INTO stir VALUES (NEW.tutor_id);
END;
--> statement-breakpoint
CREATE TRIGGER enrolments_stir_delete AFTER DELETE ON enrolments WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (OLD.student_id);
  INSERT INTO stir VALUES (OLD.teacher_id);
  INSERT INTO stir VALUES (OLD.tutor_id);
END;
--> statement-breakpoint
CREATE TRIGGER tutor_assignments_stir_insert AFTER INSERT ON tutor_assignments WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.student_id);
  INSERT INTO stir VALUES (NEW.tutor_id);
END;
--> statement-breakpoint
CREATE TRIGGER tutor_assignments_stir_update AFTER UPDATE ON tutor_assignments WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (OLD.student_id);
  INSERT INTO stir VALUES (OLD.tutor_id);
  INSERT INTO stir_child VALUES (NEW.student_id);
  INSERT INTO stir VALUES (NEW.tutor_id);
END;
--> statement-breakpoint
CREATE TRIGGER tutor_assignments_stir_delete AFTER DELETE ON tutor_assignments WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (OLD.student_id);
  INSERT INTO stir VALUES (OLD.tutor_id);
END;
--> statement-breakpoint
CREATE TRIGGER memberships_stir_insert AFTER INSERT ON memberships WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_member VALUES (NEW.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER memberships_stir_update AFTER UPDATE ON memberships WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_member VALUES (OLD.user_id);
  INSERT INTO stir_member VALUES (NEW.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER memberships_stir_delete AFTER DELETE ON memberships WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_member VALUES (OLD.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER restrictions_stir_insert AFTER INSERT ON restrictions WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (NEW.person_id);
END;
--> statement-breakpoint
CREATE TRIGGER restrictions_stir_update AFTER UPDATE ON restrictions WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.person_id);
  INSERT INTO stir VALUES (NEW.person_id);
END;
--> statement-breakpoint
CREATE TRIGGER restrictions_stir_delete AFTER DELETE ON restrictions WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.person_id);
END;
--> statement-breakpoint
CREATE TRIGGER consents_stir_insert AFTER INSERT ON consents WHEN EXISTS (SELECT 1 FROM listeners) AND NEW.data_type = 'chat_content'
BEGIN
  INSERT INTO stir_child VALUES (NEW.child_id);
END;
--> statement-breakpoint
CREATE TRIGGER consents_stir_update AFTER UPDATE ON consents WHEN EXISTS (SELECT 1 FROM listeners) AND NEW.data_type = 'chat_content'
BEGIN
  INSERT INTO stir_child VALUES (OLD.child_id);
  INSERT INTO stir_child VALUES (NEW.child_id);
END;
--> statement-breakpoint
CREATE TRIGGER consents_stir_delete AFTER DELETE ON consents WHEN EXISTS (SELECT 1 FROM listeners) AND OLD.data_type = 'chat_content'
BEGIN
  INSERT INTO stir_child VALUES (OLD.child_id);
END;
--> statement-breakpoint
CREATE TRIGGER consent_proposals_stir_insert AFTER INSERT ON consent_proposals WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.child_id);
END;
--> statement-breakpoint
CREATE TRIGGER consent_proposals_stir_update AFTER UPDATE OF status ON consent_proposals WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.child_id);
END;
--> statement-breakpoint
CREATE TRIGGER family_members_stir_insert AFTER INSERT ON family_members WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (NEW.user_id);
  INSERT INTO stir_family VALUES (NEW.family_id);
END;
--> statement-breakpoint
CREATE TRIGGER family_members_stir_update AFTER UPDATE ON family_members WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.user_id);
  INSERT INTO stir_family VALUES (OLD.family_id);
  INSERT INTO stir VALUES (NEW.user_id);
  INSERT INTO stir_family VALUES (NEW.family_id);
END;
--> statement-breakpoint
CREATE TRIGGER family_members_stir_delete AFTER DELETE ON family_members WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.user_id);
  INSERT INTO stir_family VALUES (OLD.family_id);
END;
--> statement-breakpoint
CREATE TRIGGER families_stir_update AFTER UPDATE OF deleted_at ON families WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_family VALUES (NEW.id);
END;
--> statement-breakpoint
CREATE TRIGGER conversations_stir_update AFTER UPDATE OF closed_at ON conversations WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.child_id);
  INSERT INTO stir VALUES (NEW.staff_id);
  INSERT INTO stir VALUES (NEW.opened_by);
  INSERT INTO stir_family VALUES (NEW.family_id);
END;
--> statement-breakpoint
CREATE TRIGGER notifications_stir_insert AFTER INSERT ON notifications WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (NEW.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER notifications_stir_update AFTER UPDATE OF user_id, read_at ON notifications WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.user_id);
  INSERT INTO stir VALUES (NEW.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER notifications_stir_delete AFTER DELETE ON notifications WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir VALUES (OLD.user_id);
END;
--> statement-breakpoint
CREATE TRIGGER purchase_requests_stir_insert AFTER INSERT ON purchase_requests WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.student_id);
END;
--> statement-breakpoint
CREATE TRIGGER purchase_requests_stir_update AFTER UPDATE OF status ON purchase_requests WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.student_id);
END;
--> statement-breakpoint
CREATE TRIGGER bookings_stir_insert AFTER INSERT ON bookings WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.student_id);
END;
--> statement-breakpoint
CREATE TRIGGER bookings_stir_update AFTER UPDATE OF status ON bookings WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.student_id);
END;
--> statement-breakpoint
CREATE TRIGGER submissions_stir_insert AFTER INSERT ON submissions WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.student_id);
END;
--> statement-breakpoint
CREATE TRIGGER submissions_stir_update AFTER UPDATE OF status ON submissions WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child VALUES (NEW.student_id);
END;
--> statement-breakpoint
CREATE TRIGGER assignments_stir_insert AFTER INSERT ON assignments WHEN EXISTS (SELECT 1 FROM listeners) AND NEW.status = 'open'
BEGIN
  INSERT INTO stir_child SELECT DISTINCT e.student_id FROM enrolments e WHERE e.subject_id = NEW.subject_id AND e.teacher_id = NEW.author_id;
END;
--> statement-breakpoint
CREATE TRIGGER assignments_stir_update AFTER UPDATE OF status, due_at ON assignments WHEN EXISTS (SELECT 1 FROM listeners)
BEGIN
  INSERT INTO stir_child SELECT DISTINCT e.student_id FROM enrolments e WHERE e.subject_id = NEW.subject_id AND e.teacher_id = NEW.author_id;
END;