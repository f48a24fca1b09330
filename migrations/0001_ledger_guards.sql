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
-- So is the audit log.
CREATE TRIGGER audit_events_never_change BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_events_never_vanish BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
