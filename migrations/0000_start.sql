CREATE TABLE `backup_codes` (
	`user_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `code_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `login_attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`method` text NOT NULL,
	`outcome` text NOT NULL,
	`address` text,
	`user_agent` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `login_attempts_by_user` ON `login_attempts` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `login_attempts_by_time` ON `login_attempts` (`at`);--> statement-breakpoint
CREATE TABLE `mailed_secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`user_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `mailed_secrets_by_user` ON `mailed_secrets` (`user_id`,`purpose`);--> statement-breakpoint
CREATE INDEX `mailed_secrets_by_hash` ON `mailed_secrets` (`secret_hash`);--> statement-breakpoint
CREATE TABLE `passkey_challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`user_id` text,
	`challenge` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`device_type` text NOT NULL,
	`backed_up` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `passkeys_by_user` ON `passkeys` (`user_id`);--> statement-breakpoint
CREATE TABLE `passwords` (
	`user_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rate_limits` (
	`key` text NOT NULL,
	`window_starts_at` integer NOT NULL,
	`count` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`key`, `window_starts_at`)
);
--> statement-breakpoint
CREATE INDEX `rate_limits_by_expiry` ON `rate_limits` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`stepped_up_until` integer,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`address` text,
	`user_agent` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash_unique` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_ups` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`time_zone` text NOT NULL,
	`family` text,
	`code_hash` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_ups_by_expiry` ON `sign_ups` (`expires_at`);--> statement-breakpoint
CREATE TABLE `totp_factors` (
	`user_id` text PRIMARY KEY NOT NULL,
	`sealed_secret` text NOT NULL,
	`enabled_at` integer,
	`last_step` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`email_verified_at` integer,
	`username` text,
	`locale` text DEFAULT 'en' NOT NULL,
	`time_zone` text DEFAULT 'Africa/Nairobi' NOT NULL,
	`level` text,
	`status` text DEFAULT 'active' NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "users_can_be_named" CHECK("users"."email" IS NOT NULL OR "users"."username" IS NOT NULL)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);--> statement-breakpoint
CREATE TABLE `families` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`address` text,
	`currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`preferred_programmes` text NOT NULL,
	`status` text DEFAULT 'active' NOT NULL,
	`decision_window_hours` integer DEFAULT 72 NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `family_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`family_id` text NOT NULL,
	`invited_by` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`relationship` text NOT NULL,
	`child_ids` text NOT NULL,
	`rights` text NOT NULL,
	`code_hash` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`family_id`) REFERENCES `families`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `family_invitations_code_hash_unique` ON `family_invitations` (`code_hash`);--> statement-breakpoint
CREATE INDEX `family_invitations_by_inviter` ON `family_invitations` (`invited_by`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `family_invitations_one_pending` ON `family_invitations` (`family_id`,`email`) WHERE status = 'pending';--> statement-breakpoint
CREATE TABLE `family_members` (
	`family_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`family_id`, `user_id`),
	FOREIGN KEY (`family_id`) REFERENCES `families`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `family_members_by_user` ON `family_members` (`user_id`,`joined_at`);--> statement-breakpoint
CREATE TABLE `guardianships` (
	`id` text PRIMARY KEY NOT NULL,
	`guardian_id` text NOT NULL,
	`child_id` text NOT NULL,
	`relationship` text NOT NULL,
	`can_approve_purchases` integer NOT NULL,
	`can_schedule_lessons` integer NOT NULL,
	`can_view_progress` integer NOT NULL,
	`can_talk_with_teachers` integer NOT NULL,
	`contact_priority` integer DEFAULT 1 NOT NULL,
	`is_primary` integer DEFAULT false NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`guardian_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "guardianships_other_person" CHECK("guardianships"."guardian_id" <> "guardianships"."child_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guardianships_one_per_pair` ON `guardianships` (`guardian_id`,`child_id`) WHERE active = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `guardianships_one_primary` ON `guardianships` (`child_id`) WHERE active = 1 AND is_primary = 1;--> statement-breakpoint
CREATE INDEX `guardianships_by_child` ON `guardianships` (`child_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`school_id` text NOT NULL,
	`role` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memberships_one_per_role` ON `memberships` (`user_id`,`school_id`,`role`);--> statement-breakpoint
CREATE INDEX `memberships_by_school` ON `memberships` (`school_id`,`role`);--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`name` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`kind` text NOT NULL,
	`price` integer NOT NULL,
	`currency` text NOT NULL,
	`minutes` integer,
	`active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "plans_price_positive" CHECK("plans"."price" > 0),
	CONSTRAINT "plans_hours_have_minutes" CHECK(("plans"."kind" = 'hours') = ("plans"."minutes" IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX `plans_by_school` ON `plans` (`school_id`,`active`);--> statement-breakpoint
CREATE TABLE `schools` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `budget_alerts` (
	`child_id` text NOT NULL,
	`kind` text NOT NULL,
	`starts_on` text NOT NULL,
	`threshold` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`child_id`, `kind`, `starts_on`, `threshold`),
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `budget_control_limits` (
	`control_id` text NOT NULL,
	`kind` text NOT NULL,
	`starts_on` text NOT NULL,
	`limit` integer,
	PRIMARY KEY(`control_id`, `kind`, `starts_on`),
	FOREIGN KEY (`control_id`) REFERENCES `budget_controls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `budget_controls` (
	`id` text PRIMARY KEY NOT NULL,
	`child_id` text NOT NULL,
	`guardian_id` text NOT NULL,
	`currency` text NOT NULL,
	`weekly_limit` integer,
	`monthly_limit` integer,
	`auto_approve_up_to` integer DEFAULT 0 NOT NULL,
	`approval_threshold` integer,
	`rollover` text DEFAULT 'none' NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`guardian_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "budget_controls_not_negative" CHECK(coalesce("budget_controls"."weekly_limit", 0) >= 0 AND coalesce("budget_controls"."monthly_limit", 0) >= 0 AND "budget_controls"."auto_approve_up_to" >= 0),
	CONSTRAINT "budget_controls_auto_below_threshold" CHECK("budget_controls"."approval_threshold" IS NULL OR "budget_controls"."auto_approve_up_to" <= "budget_controls"."approval_threshold")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `budget_controls_one_per_guardian` ON `budget_controls` (`child_id`,`guardian_id`);--> statement-breakpoint
CREATE TABLE `budget_periods` (
	`child_id` text NOT NULL,
	`kind` text NOT NULL,
	`starts_on` text NOT NULL,
	`reserved` integer DEFAULT 0 NOT NULL,
	`spent` integer DEFAULT 0 NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	PRIMARY KEY(`child_id`, `kind`, `starts_on`),
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "budget_periods_reserved_not_negative" CHECK("budget_periods"."reserved" >= 0)
);
--> statement-breakpoint
CREATE INDEX `budget_periods_open` ON `budget_periods` (`starts_on`) WHERE closed_at IS NULL;--> statement-breakpoint
CREATE TABLE `decision_rules` (
	`child_id` text PRIMARY KEY NOT NULL,
	`policy` text DEFAULT 'any' NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `purchase_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`guardian_id` text,
	`outcome` text NOT NULL,
	`over_limit` integer DEFAULT false NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `purchase_requests`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`guardian_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `purchase_decisions_one_each` ON `purchase_decisions` (`request_id`,`guardian_id`);--> statement-breakpoint
CREATE TABLE `purchase_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`student_id` text NOT NULL,
	`family_id` text NOT NULL,
	`school_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`requested_by` text NOT NULL,
	`plan_name` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`minutes` integer,
	`message` text,
	`band` text NOT NULL,
	`status` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`remind_at` integer NOT NULL,
	`reminded_at` integer,
	`decided_at` integer,
	`renewal_of` text,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`family_id`) REFERENCES `families`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "purchase_requests_amount_positive" CHECK("purchase_requests"."amount" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `purchase_requests_renewal_of_unique` ON `purchase_requests` (`renewal_of`);--> statement-breakpoint
CREATE INDEX `purchase_requests_by_student` ON `purchase_requests` (`student_id`,`id`);--> statement-breakpoint
CREATE INDEX `purchase_requests_waiting` ON `purchase_requests` (`expires_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `purchase_requests_to_remind` ON `purchase_requests` (`remind_at`) WHERE status = 'pending' AND reminded_at IS NULL;--> statement-breakpoint
CREATE INDEX `purchase_requests_pending_by_student` ON `purchase_requests` (`student_id`) WHERE status = 'pending';--> statement-breakpoint
CREATE TABLE `reservations` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`child_id` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`week_starts_on` text NOT NULL,
	`month_starts_on` text NOT NULL,
	`status` text NOT NULL,
	`over_limit` integer NOT NULL,
	`week_limit` integer,
	`week_used_before` integer NOT NULL,
	`month_limit` integer,
	`month_used_before` integer NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`request_id`) REFERENCES `purchase_requests`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reservations_fit_week" CHECK("reservations"."over_limit" = 1 OR "reservations"."week_limit" IS NULL OR "reservations"."week_used_before" + "reservations"."amount" <= "reservations"."week_limit"),
	CONSTRAINT "reservations_fit_month" CHECK("reservations"."over_limit" = 1 OR "reservations"."month_limit" IS NULL OR "reservations"."month_used_before" + "reservations"."amount" <= "reservations"."month_limit")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reservations_one_open` ON `reservations` (`request_id`) WHERE status <> 'released';--> statement-breakpoint
CREATE INDEX `reservations_by_week` ON `reservations` (`child_id`,`week_starts_on`);--> statement-breakpoint
CREATE INDEX `reservations_by_month` ON `reservations` (`child_id`,`month_starts_on`);--> statement-breakpoint
CREATE TABLE `ledger_balances` (
	`account` text NOT NULL,
	`unit` text NOT NULL,
	`balance` integer NOT NULL,
	PRIMARY KEY(`account`, `unit`)
);
--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`debit` text NOT NULL,
	`credit` text NOT NULL,
	`amount` integer NOT NULL,
	`unit` text NOT NULL,
	`kind` text NOT NULL,
	`payment_id` text NOT NULL,
	`cause_id` text NOT NULL,
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_entries_amount_positive" CHECK("ledger_entries"."amount" > 0),
	CONSTRAINT "ledger_entries_two_accounts" CHECK("ledger_entries"."debit" <> "ledger_entries"."credit")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_once` ON `ledger_entries` (`cause_id`,`kind`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_student` ON `ledger_entries` (`student_id`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_school` ON `ledger_entries` (`school_id`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_payment` ON `ledger_entries` (`payment_id`);--> statement-breakpoint
CREATE TABLE `payment_customers` (
	`user_id` text NOT NULL,
	`provider` text NOT NULL,
	`customer_ref` text NOT NULL,
	PRIMARY KEY(`user_id`, `provider`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_customers_customer_ref_unique` ON `payment_customers` (`customer_ref`);--> statement-breakpoint
CREATE TABLE `payment_methods` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`provider` text NOT NULL,
	`provider_ref` text NOT NULL,
	`brand` text NOT NULL,
	`last4` text NOT NULL,
	`exp_month` integer NOT NULL,
	`exp_year` integer NOT NULL,
	`is_default` integer NOT NULL,
	`removed_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_methods_provider_ref_unique` ON `payment_methods` (`provider_ref`);--> statement-breakpoint
CREATE UNIQUE INDEX `payment_methods_one_default` ON `payment_methods` (`user_id`) WHERE is_default = 1 AND removed_at IS NULL;--> statement-breakpoint
CREATE INDEX `payment_methods_by_user` ON `payment_methods` (`user_id`);--> statement-breakpoint
CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`student_id` text NOT NULL,
	`family_id` text NOT NULL,
	`school_id` text NOT NULL,
	`payer_id` text,
	`method_id` text,
	`provider` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`intent_ref` text,
	`checkout_ref` text,
	`checkout_url` text,
	`checkout_attempt` integer DEFAULT 0 NOT NULL,
	`failure_code` text,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`check_at` integer,
	FOREIGN KEY (`request_id`) REFERENCES `purchase_requests`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`family_id`) REFERENCES `families`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`payer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`method_id`) REFERENCES `payment_methods`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payments_amount_positive" CHECK("payments"."amount" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_intent_ref_unique` ON `payments` (`intent_ref`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_checkout_ref_unique` ON `payments` (`checkout_ref`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_one_open` ON `payments` (`request_id`) WHERE status <> 'failed';--> statement-breakpoint
CREATE INDEX `payments_by_request` ON `payments` (`request_id`);--> statement-breakpoint
CREATE INDEX `payments_by_student` ON `payments` (`student_id`,`id`);--> statement-breakpoint
CREATE INDEX `payments_by_school` ON `payments` (`school_id`,`id`);--> statement-breakpoint
CREATE INDEX `payments_to_check` ON `payments` (`check_at`) WHERE check_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `provider_events` (
	`provider` text NOT NULL,
	`event_id` text NOT NULL,
	`type` text NOT NULL,
	`about` text NOT NULL,
	`object_ref` text,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`provider`, `event_id`)
);
--> statement-breakpoint
CREATE TABLE `refunds` (
	`id` text PRIMARY KEY NOT NULL,
	`payment_id` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`provider_ref` text,
	`failure_code` text,
	`reason` text NOT NULL,
	`requested_by` text NOT NULL,
	`paid` integer NOT NULL,
	`refunded_before` integer NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`week_starts_on` text,
	`month_starts_on` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "refunds_amount_positive" CHECK("refunds"."amount" > 0),
	CONSTRAINT "refunds_within_payment" CHECK("refunds"."refunded_before" + "refunds"."amount" <= "refunds"."paid")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `refunds_provider_ref_unique` ON `refunds` (`provider_ref`);--> statement-breakpoint
CREATE UNIQUE INDEX `refunds_one_pending` ON `refunds` (`payment_id`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `refunds_by_payment` ON `refunds` (`payment_id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`notification_id` text,
	`user_id` text,
	`channel` text NOT NULL,
	`provider_ref` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`notification_id`) REFERENCES `notifications`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_once` ON `deliveries` (`notification_id`,`channel`);--> statement-breakpoint
CREATE TABLE `mailbox_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `mailbox_messages_by_recipient` ON `mailbox_messages` (`recipient`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`child_id` text,
	`type` text NOT NULL,
	`severity` text NOT NULL,
	`facts` text NOT NULL,
	`path` text NOT NULL,
	`cause` text NOT NULL,
	`created_at` integer NOT NULL,
	`read_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_once` ON `notifications` (`user_id`,`cause`);--> statement-breakpoint
CREATE INDEX `notifications_by_user` ON `notifications` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`user_id`) WHERE read_at IS NULL;--> statement-breakpoint
CREATE TABLE `audit_events` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`action` text NOT NULL,
	`subject_id` text NOT NULL,
	`child_id` text,
	`family_id` text,
	`school_id` text,
	`details` text NOT NULL,
	`address` text,
	`user_agent` text,
	`request_id` text
);
--> statement-breakpoint
CREATE INDEX `audit_events_by_subject` ON `audit_events` (`subject_id`);--> statement-breakpoint
CREATE INDEX `audit_events_by_child` ON `audit_events` (`child_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_events_by_school` ON `audit_events` (`school_id`,`id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor_id` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`result_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`actor_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`status` text DEFAULT 'waiting' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`available_at` integer NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`available_at`) WHERE status IN ('waiting', 'running');--> statement-breakpoint
CREATE TABLE `sweep_runs` (
	`sweep` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`handled` integer DEFAULT 0 NOT NULL
);
