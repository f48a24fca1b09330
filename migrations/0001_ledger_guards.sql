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
