CREATE TABLE `backup_codes` (
	`user_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `code_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `code_factors` (
	`user_id` text NOT NULL,
	`channel` text NOT NULL,
	`address` text NOT NULL,
	`verified_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `channel`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `email_changes` (
	`user_id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`code_hash` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `email_changes_by_expiry` ON `email_changes` (`expires_at`);--> statement-breakpoint
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
	`must_change` integer DEFAULT false NOT NULL,
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
CREATE TABLE `recoveries` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`status` text DEFAULT 'waiting' NOT NULL,
	`voucher_id` text,
	`vouched_at` integer,
	`ready_at` integer,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`voucher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recoveries_secret_hash_unique` ON `recoveries` (`secret_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `recoveries_one_open` ON `recoveries` (`user_id`) WHERE status IN ('waiting', 'vouched');--> statement-breakpoint
CREATE INDEX `recoveries_by_voucher` ON `recoveries` (`voucher_id`);--> statement-breakpoint
CREATE TABLE `sent_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`channel` text NOT NULL,
	`purpose` text NOT NULL,
	`code_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sent_codes_by_user` ON `sent_codes` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `sent_codes_by_expiry` ON `sent_codes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text,
	`scopes` text,
	`view_as_id` text,
	`view_as_until` integer,
	`stepped_up_until` integer,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`address` text,
	`user_agent` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`view_as_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
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
CREATE TABLE `user_profiles` (
	`user_id` text PRIMARY KEY NOT NULL,
	`contact_method` text DEFAULT 'email' NOT NULL,
	`emergency_name` text,
	`emergency_phone` text,
	`billing_address` text,
	`notification_defaults` text NOT NULL,
	`updated_at` integer NOT NULL,
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
	`phone` text,
	`birth_date` text,
	`avatar_key` text,
	`level` text,
	`status` text DEFAULT 'active' NOT NULL,
	`home_school_id` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "users_can_be_named" CHECK("users"."email" IS NOT NULL OR "users"."username" IS NOT NULL OR "users"."status" = 'erased')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);--> statement-breakpoint
CREATE INDEX `users_by_phone` ON `users` (`phone`);--> statement-breakpoint
CREATE TABLE `integrations` (
	`school_id` text NOT NULL,
	`kind` text NOT NULL,
	`sealed_token` text NOT NULL,
	`channel_id` integer NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`next_at` integer DEFAULT 0 NOT NULL,
	`problem` text,
	`changed_by` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `kind`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`changed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
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
CREATE TABLE `family_contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`family_id` text NOT NULL,
	`child_id` text,
	`name` text NOT NULL,
	`relationship` text NOT NULL,
	`phone` text NOT NULL,
	`is_emergency` integer NOT NULL,
	`may_pick_up` integer NOT NULL,
	`note` text,
	`added_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`family_id`) REFERENCES `families`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`added_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `family_contacts_by_family` ON `family_contacts` (`family_id`);--> statement-breakpoint
CREATE INDEX `family_contacts_by_child` ON `family_contacts` (`child_id`);--> statement-breakpoint
CREATE TABLE `family_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`family_id` text NOT NULL,
	`invited_by` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`relationship` text NOT NULL,
	`child_ids` text NOT NULL,
	`rights` text NOT NULL,
	`contact_as` text,
	`joins_family` integer DEFAULT true NOT NULL,
	`lent_from` integer,
	`lent_until` integer,
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
	`contact_as` text,
	`delegated_by` text,
	`active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`guardian_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`delegated_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "guardianships_other_person" CHECK("guardianships"."guardian_id" <> "guardianships"."child_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guardianships_one_per_pair` ON `guardianships` (`guardian_id`,`child_id`) WHERE active = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `guardianships_one_primary` ON `guardianships` (`child_id`) WHERE active = 1 AND is_primary = 1;--> statement-breakpoint
CREATE INDEX `guardianships_by_child` ON `guardianships` (`child_id`);--> statement-breakpoint
CREATE INDEX `guardianships_by_lender` ON `guardianships` (`delegated_by`,`child_id`) WHERE delegated_by IS NOT NULL;--> statement-breakpoint
CREATE TABLE `restricted_attempts` (
	`child_id` text NOT NULL,
	`person_id` text NOT NULL,
	`hour_starts_at` integer NOT NULL,
	`count` integer NOT NULL,
	`last_path` text NOT NULL,
	`last_at` integer NOT NULL,
	`address` text,
	PRIMARY KEY(`child_id`, `person_id`, `hour_starts_at`),
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `restrictions` (
	`id` text PRIMARY KEY NOT NULL,
	`child_id` text NOT NULL,
	`person_id` text NOT NULL,
	`school_id` text NOT NULL,
	`reason` text NOT NULL,
	`set_by` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`lifted_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lifted_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `restrictions_by_child` ON `restrictions` (`child_id`);--> statement-breakpoint
CREATE INDEX `restrictions_by_person` ON `restrictions` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `restrictions_one_open` ON `restrictions` (`child_id`,`person_id`,`school_id`) WHERE ends_at IS NULL;--> statement-breakpoint
CREATE TABLE `class_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`class_id` text NOT NULL,
	`school_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`class_id`) REFERENCES `classes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `class_codes_code_hash_unique` ON `class_codes` (`code_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `class_codes_one_open` ON `class_codes` (`class_id`) WHERE revoked_at IS NULL;--> statement-breakpoint
CREATE TABLE `classes` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`name` text NOT NULL,
	`level` text,
	`subject_id` text,
	`teacher_id` text,
	`term_id` text,
	`active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`teacher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`term_id`) REFERENCES `terms`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `classes_by_school` ON `classes` (`school_id`,`name`);--> statement-breakpoint
CREATE INDEX `classes_by_teacher` ON `classes` (`teacher_id`);--> statement-breakpoint
CREATE TABLE `enrolments` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`teacher_id` text NOT NULL,
	`tutor_id` text,
	`class_id` text,
	`custom_name` text,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`teacher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tutor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`class_id`) REFERENCES `classes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enrolments_once` ON `enrolments` (`school_id`,`student_id`,`subject_id`,`teacher_id`);--> statement-breakpoint
CREATE INDEX `enrolments_by_student` ON `enrolments` (`student_id`);--> statement-breakpoint
CREATE INDEX `enrolments_by_teacher` ON `enrolments` (`teacher_id`,`student_id`);--> statement-breakpoint
CREATE INDEX `enrolments_by_tutor` ON `enrolments` (`tutor_id`,`student_id`);--> statement-breakpoint
CREATE INDEX `enrolments_by_class` ON `enrolments` (`class_id`,`id`);--> statement-breakpoint
CREATE INDEX `enrolments_by_subject` ON `enrolments` (`subject_id`,`id`);--> statement-breakpoint
CREATE INDEX `enrolments_by_school` ON `enrolments` (`school_id`,`id`);--> statement-breakpoint
CREATE TABLE `import_rows` (
	`import_id` text NOT NULL,
	`part` text DEFAULT '' NOT NULL,
	`line` integer NOT NULL,
	`outcome` text NOT NULL,
	`problem` text,
	`about` text NOT NULL,
	PRIMARY KEY(`import_id`, `part`, `line`),
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `import_rows_refused` ON `import_rows` (`import_id`,`part`,`line`) WHERE outcome = 'refused';--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`file_key` text,
	`dry_run` integer NOT NULL,
	`status` text NOT NULL,
	`handled` integer DEFAULT 0 NOT NULL,
	`total` integer NOT NULL,
	`created` integer DEFAULT 0 NOT NULL,
	`changed` integer DEFAULT 0 NOT NULL,
	`already` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	`failure` text,
	`started_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`started_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `imports_by_school` ON `imports` (`school_id`,`id`);--> statement-breakpoint
CREATE INDEX `imports_with_file` ON `imports` (`created_at`) WHERE file_key IS NOT NULL;--> statement-breakpoint
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
CREATE INDEX `memberships_by_school` ON `memberships` (`school_id`,`role`,`user_id`);--> statement-breakpoint
CREATE TABLE `merges` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`kept_id` text NOT NULL,
	`gone_id` text NOT NULL,
	`merged_by` text NOT NULL,
	`moved` text NOT NULL,
	`created_at` integer NOT NULL,
	`undo_until` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`kept_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gone_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `merges_by_school` ON `merges` (`school_id`,`id`);--> statement-breakpoint
CREATE INDEX `merges_by_kept` ON `merges` (`kept_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `merges_one_gone` ON `merges` (`gone_id`) WHERE undone_at IS NULL;--> statement-breakpoint
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
CREATE TABLE `school_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`roles` text NOT NULL,
	`specialisation` text,
	`subject_ids` text NOT NULL,
	`student_ids` text NOT NULL,
	`family_ids` text DEFAULT '[]' NOT NULL,
	`code_hash` text NOT NULL,
	`invited_by` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `school_invitations_code_hash_unique` ON `school_invitations` (`code_hash`);--> statement-breakpoint
CREATE INDEX `school_invitations_by_school` ON `school_invitations` (`school_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `school_invitations_one_pending` ON `school_invitations` (`school_id`,`email`) WHERE status = 'pending';--> statement-breakpoint
CREATE TABLE `school_people` (
	`school_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`active` integer NOT NULL,
	`sort_name` text NOT NULL,
	`level` text,
	PRIMARY KEY(`school_id`, `user_id`, `kind`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `school_people_by_name` ON `school_people` (`school_id`,`kind`,`active`,`sort_name`,`user_id`);--> statement-breakpoint
CREATE INDEX `school_people_by_level` ON `school_people` (`school_id`,`kind`,`active`,`level`,`sort_name`,`user_id`);--> statement-breakpoint
CREATE INDEX `school_people_by_age` ON `school_people` (`school_id`,`kind`,`active`,`user_id`);--> statement-breakpoint
CREATE TABLE `school_people_words` (
	`school_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`active` integer NOT NULL,
	`word` text NOT NULL,
	PRIMARY KEY(`school_id`, `user_id`, `kind`, `word`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `school_people_words_by_word` ON `school_people_words` (`school_id`,`kind`,`active`,`word`,`user_id`);--> statement-breakpoint
CREATE TABLE `schools` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sourced_ids` (
	`school_id` text NOT NULL,
	`kind` text NOT NULL,
	`sourced_id` text NOT NULL,
	`target_id` text NOT NULL,
	PRIMARY KEY(`school_id`, `kind`, `sourced_id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sourced_ids_by_target` ON `sourced_ids` (`target_id`);--> statement-breakpoint
CREATE TABLE `staff_profiles` (
	`school_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`specialisation` text,
	`subject_ids` text NOT NULL,
	PRIMARY KEY(`school_id`, `staff_id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_profiles_by_staff` ON `staff_profiles` (`staff_id`);--> statement-breakpoint
CREATE TABLE `student_profiles` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`number` text,
	`goal` text,
	PRIMARY KEY(`school_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `student_profiles_number` ON `student_profiles` (`school_id`,`number`);--> statement-breakpoint
CREATE INDEX `student_profiles_by_student` ON `student_profiles` (`student_id`);--> statement-breakpoint
CREATE TABLE `subjects` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`name` text NOT NULL,
	`code` text,
	`active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subjects_one_name` ON `subjects` (`school_id`,`name`);--> statement-breakpoint
CREATE TABLE `terms` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`parent_id` text,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `terms_by_school` ON `terms` (`school_id`,`starts_on`);--> statement-breakpoint
CREATE TABLE `tutor_assignments` (
	`school_id` text NOT NULL,
	`tutor_id` text NOT NULL,
	`student_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	PRIMARY KEY(`school_id`, `tutor_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tutor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `tutor_assignments_by_tutor` ON `tutor_assignments` (`tutor_id`,`student_id`);--> statement-breakpoint
CREATE INDEX `tutor_assignments_by_student` ON `tutor_assignments` (`student_id`);--> statement-breakpoint
CREATE TABLE `absences` (
	`id` text PRIMARY KEY NOT NULL,
	`teacher_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`teacher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `absences_by_teacher` ON `absences` (`teacher_id`,`ends_on`);--> statement-breakpoint
CREATE TABLE `availability` (
	`id` text PRIMARY KEY NOT NULL,
	`teacher_id` text NOT NULL,
	`school_id` text NOT NULL,
	`weekday` integer NOT NULL,
	`local_start` text NOT NULL,
	`local_end` text NOT NULL,
	`time_zone` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`teacher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "availability_weekday" CHECK("availability"."weekday" BETWEEN 1 AND 7)
);
--> statement-breakpoint
CREATE INDEX `availability_by_teacher` ON `availability` (`teacher_id`,`weekday`);--> statement-breakpoint
CREATE TABLE `bookings` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_id` text NOT NULL,
	`student_id` text NOT NULL,
	`school_id` text NOT NULL,
	`kind` text NOT NULL,
	`requested_by` text NOT NULL,
	`message` text,
	`local_start` text NOT NULL,
	`local_end` text NOT NULL,
	`time_zone` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`status` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bookings_one_pending` ON `bookings` (`lesson_id`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `bookings_pending_by_student` ON `bookings` (`student_id`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `bookings_waiting` ON `bookings` (`expires_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `bookings_by_lesson` ON `bookings` (`lesson_id`,`id`);--> statement-breakpoint
CREATE TABLE `calendar_feeds` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`child_id` text,
	`name` text NOT NULL,
	`secret_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_read_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_secret_hash_unique` ON `calendar_feeds` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `calendar_feeds_by_user` ON `calendar_feeds` (`user_id`);--> statement-breakpoint
CREATE TABLE `lesson_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`lesson_id` text NOT NULL,
	`what` text NOT NULL,
	`by_id` text,
	`facts` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lesson_changes_by_lesson` ON `lesson_changes` (`lesson_id`,`id`);--> statement-breakpoint
CREATE TABLE `lesson_outcomes` (
	`lesson_id` text PRIMARY KEY NOT NULL,
	`student_id` text NOT NULL,
	`note` text,
	`confirm_until` integer NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	`dispute` text,
	`resolution` text,
	`resolved_by` text,
	`settled_at` integer,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resolved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lesson_outcomes_to_settle` ON `lesson_outcomes` (`confirm_until`) WHERE settled_at IS NULL;--> statement-breakpoint
CREATE INDEX `lesson_outcomes_by_student` ON `lesson_outcomes` (`student_id`);--> statement-breakpoint
CREATE TABLE `lesson_rules` (
	`child_id` text PRIMARY KEY NOT NULL,
	`approval_needed` integer NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lesson_series` (
	`id` text PRIMARY KEY NOT NULL,
	`enrolment_id` text NOT NULL,
	`school_id` text NOT NULL,
	`teacher_id` text NOT NULL,
	`student_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`time_zone` text NOT NULL,
	`place` text,
	`link` text,
	`uses_hours` integer NOT NULL,
	`every_weeks` integer NOT NULL,
	`weekdays` text NOT NULL,
	`local_start` text NOT NULL,
	`minutes` integer NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`enrolment_id`) REFERENCES `enrolments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`teacher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lesson_series_by_student` ON `lesson_series` (`student_id`);--> statement-breakpoint
CREATE INDEX `lesson_series_by_teacher` ON `lesson_series` (`teacher_id`);--> statement-breakpoint
CREATE TABLE `lesson_slots` (
	`lesson_id` text NOT NULL,
	`kind` text NOT NULL,
	`teacher_id` text NOT NULL,
	`student_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`teacher_clashes` integer NOT NULL,
	`student_clashes` integer NOT NULL,
	PRIMARY KEY(`lesson_id`, `kind`),
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`teacher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lesson_slots_teacher_free" CHECK("lesson_slots"."teacher_clashes" = 0),
	CONSTRAINT "lesson_slots_student_free" CHECK("lesson_slots"."student_clashes" = 0)
);
--> statement-breakpoint
CREATE INDEX `lesson_slots_by_teacher` ON `lesson_slots` (`teacher_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `lesson_slots_by_student` ON `lesson_slots` (`student_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `lessons` (
	`id` text PRIMARY KEY NOT NULL,
	`enrolment_id` text NOT NULL,
	`school_id` text NOT NULL,
	`teacher_id` text NOT NULL,
	`student_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`time_zone` text NOT NULL,
	`place` text,
	`link` text,
	`uses_hours` integer NOT NULL,
	`series_id` text,
	`series_date` text,
	`topic` text,
	`local_start` text NOT NULL,
	`local_end` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`status` text NOT NULL,
	`approved_by` text,
	`revision` integer DEFAULT 1 NOT NULL,
	`cancelled_by` text,
	`cancelled_as` text,
	`cancel_reason` text,
	`minutes_had` integer,
	`minutes_held` integer,
	`hours` text,
	`hours_at` integer,
	`reminders_for` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`enrolment_id`) REFERENCES `enrolments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`teacher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`series_id`) REFERENCES `lesson_series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cancelled_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lessons_end_after_start" CHECK("lessons"."ends_at" > "lessons"."starts_at"),
	CONSTRAINT "lessons_enough_hours" CHECK("lessons"."uses_hours" = 0 OR "lessons"."minutes_had" IS NULL OR "lessons"."minutes_held" + ("lessons"."ends_at" - "lessons"."starts_at") / 60000 <= "lessons"."minutes_had")
);
--> statement-breakpoint
CREATE INDEX `lessons_by_teacher` ON `lessons` (`teacher_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `lessons_by_student` ON `lessons` (`student_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `lessons_by_school` ON `lessons` (`school_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `lessons_by_series` ON `lessons` (`series_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `lessons_to_remind` ON `lessons` (`starts_at`) WHERE status = 'scheduled' AND reminders_for IS NOT starts_at;--> statement-breakpoint
CREATE INDEX `lessons_holding_hours` ON `lessons` (`student_id`,`school_id`) WHERE uses_hours = 1 AND hours IS NULL;--> statement-breakpoint
CREATE TABLE `achievements` (
	`id` text PRIMARY KEY NOT NULL,
	`student_id` text NOT NULL,
	`school_id` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`criteria` text NOT NULL,
	`issued_by` text NOT NULL,
	`issued_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`revoked_because` text,
	`link_code` text,
	`credential` text NOT NULL,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issued_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `achievements_link_code_unique` ON `achievements` (`link_code`);--> statement-breakpoint
CREATE INDEX `achievements_by_student` ON `achievements` (`student_id`,`issued_at`);--> statement-breakpoint
CREATE INDEX `achievements_by_school` ON `achievements` (`school_id`,`id`);--> statement-breakpoint
CREATE TABLE `activities` (
	`id` text PRIMARY KEY NOT NULL,
	`student_id` text NOT NULL,
	`school_id` text,
	`subject_id` text,
	`kind` text NOT NULL,
	`about` text NOT NULL,
	`minutes` integer NOT NULL,
	`cause` text,
	`on_date` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `activities_once` ON `activities` (`student_id`,`cause`);--> statement-breakpoint
CREATE INDEX `activities_by_day` ON `activities` (`student_id`,`on_date`);--> statement-breakpoint
CREATE INDEX `activities_by_student` ON `activities` (`student_id`,`at`);--> statement-breakpoint
CREATE TABLE `assessments` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`author_id` text NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`level` integer NOT NULL,
	`comment` text DEFAULT '' NOT NULL,
	`taken_on` text NOT NULL,
	`visibility` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer,
	`removed_at` integer,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "assessments_level" CHECK("assessments"."level" BETWEEN 1 AND 8)
);
--> statement-breakpoint
CREATE INDEX `assessments_by_student` ON `assessments` (`student_id`,`taken_on`);--> statement-breakpoint
CREATE INDEX `assessments_by_author` ON `assessments` (`author_id`,`id`);--> statement-breakpoint
CREATE TABLE `assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`author_id` text NOT NULL,
	`title` text NOT NULL,
	`instructions` text DEFAULT '' NOT NULL,
	`competency` text,
	`audience` text NOT NULL,
	`class_id` text,
	`status` text NOT NULL,
	`due_at` integer NOT NULL,
	`time_zone` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`class_id`) REFERENCES `classes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `assignments_by_author` ON `assignments` (`author_id`,`status`,`due_at`);--> statement-breakpoint
CREATE INDEX `assignments_by_subject` ON `assignments` (`subject_id`,`author_id`,`status`,`due_at`);--> statement-breakpoint
CREATE INDEX `assignments_by_school` ON `assignments` (`school_id`,`id`);--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`of` text NOT NULL,
	`of_id` text NOT NULL,
	`school_id` text NOT NULL,
	`student_id` text,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`key` text NOT NULL,
	`sha256` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attachments_key_unique` ON `attachments` (`key`);--> statement-breakpoint
CREATE INDEX `attachments_by_thing` ON `attachments` (`of`,`of_id`);--> statement-breakpoint
CREATE INDEX `attachments_by_student` ON `attachments` (`student_id`);--> statement-breakpoint
CREATE TABLE `attendance` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`on_date` text NOT NULL,
	`lesson_id` text,
	`class_id` text,
	`status` text NOT NULL,
	`minutes_late` integer,
	`note` text,
	`taken_by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`class_id`) REFERENCES `classes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "attendance_of_lesson_or_day" CHECK(("attendance"."lesson_id" IS NULL) <> ("attendance"."class_id" IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attendance_one_per_lesson` ON `attendance` (`lesson_id`) WHERE lesson_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `attendance_one_per_day` ON `attendance` (`class_id`,`student_id`,`on_date`) WHERE class_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `attendance_by_student` ON `attendance` (`student_id`,`on_date`);--> statement-breakpoint
CREATE TABLE `competency_evidence` (
	`id` text PRIMARY KEY NOT NULL,
	`student_id` text NOT NULL,
	`school_id` text NOT NULL,
	`competency` text NOT NULL,
	`level` integer NOT NULL,
	`source` text NOT NULL,
	`source_id` text NOT NULL,
	`visibility` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "competency_evidence_level" CHECK("competency_evidence"."level" BETWEEN 1 AND 8)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `competency_evidence_once` ON `competency_evidence` (`source_id`,`competency`);--> statement-breakpoint
CREATE INDEX `competency_evidence_by_student` ON `competency_evidence` (`student_id`,`competency`,`at`);--> statement-breakpoint
CREATE TABLE `feedback` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`student_id` text NOT NULL,
	`school_id` text NOT NULL,
	`author_id` text NOT NULL,
	`level` integer,
	`comment` text DEFAULT '' NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "feedback_level" CHECK("feedback"."level" BETWEEN 1 AND 8)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `feedback_submission_id_unique` ON `feedback` (`submission_id`);--> statement-breakpoint
CREATE INDEX `feedback_by_student` ON `feedback` (`student_id`,`at`);--> statement-breakpoint
CREATE TABLE `goal_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`goal_id` text NOT NULL,
	`student_id` text NOT NULL,
	`percent` integer NOT NULL,
	`note` text,
	`by_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`goal_id`) REFERENCES `goals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `goal_steps_by_goal` ON `goal_steps` (`goal_id`,`at`);--> statement-breakpoint
CREATE INDEX `goal_steps_by_student` ON `goal_steps` (`student_id`);--> statement-breakpoint
CREATE TABLE `goals` (
	`id` text PRIMARY KEY NOT NULL,
	`student_id` text NOT NULL,
	`area` text NOT NULL,
	`title` text NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	`target_on` text,
	`status` text NOT NULL,
	`percent` integer DEFAULT 0 NOT NULL,
	`origin` text NOT NULL,
	`suggestion` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "goals_percent" CHECK("goals"."percent" BETWEEN 0 AND 100)
);
--> statement-breakpoint
CREATE INDEX `goals_by_student` ON `goals` (`student_id`,`status`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `goals_suggested_once` ON `goals` (`student_id`,`title`) WHERE origin = 'system';--> statement-breakpoint
CREATE TABLE `material_progress` (
	`material_id` text NOT NULL,
	`student_id` text NOT NULL,
	`opened_at` integer NOT NULL,
	`percent` integer DEFAULT 0 NOT NULL,
	`done_at` integer,
	PRIMARY KEY(`material_id`, `student_id`),
	FOREIGN KEY (`material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "material_progress_percent" CHECK("material_progress"."percent" BETWEEN 0 AND 100)
);
--> statement-breakpoint
CREATE INDEX `material_progress_by_student` ON `material_progress` (`student_id`);--> statement-breakpoint
CREATE TABLE `materials` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`author_id` text NOT NULL,
	`title` text NOT NULL,
	`text` text DEFAULT '' NOT NULL,
	`link` text,
	`audience` text NOT NULL,
	`class_id` text,
	`status` text NOT NULL,
	`minutes` integer,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`class_id`) REFERENCES `classes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `materials_by_author` ON `materials` (`author_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `materials_by_subject` ON `materials` (`subject_id`,`author_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `materials_by_school` ON `materials` (`school_id`,`id`);--> statement-breakpoint
CREATE TABLE `moods` (
	`id` text PRIMARY KEY NOT NULL,
	`student_id` text NOT NULL,
	`on_date` text NOT NULL,
	`mood` text NOT NULL,
	`energy` integer NOT NULL,
	`note` text,
	`recorded_by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "moods_energy" CHECK("moods"."energy" BETWEEN 1 AND 5)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `moods_one_a_day_each` ON `moods` (`student_id`,`on_date`,`recorded_by`);--> statement-breakpoint
CREATE TABLE `observations` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`subject_id` text,
	`author_id` text NOT NULL,
	`text` text NOT NULL,
	`observed_on` text NOT NULL,
	`visibility` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer,
	`removed_at` integer,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject_id`) REFERENCES `subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `observations_by_student` ON `observations` (`student_id`,`observed_on`);--> statement-breakpoint
CREATE INDEX `observations_by_author` ON `observations` (`author_id`,`id`);--> statement-breakpoint
CREATE TABLE `recipients` (
	`thing_id` text NOT NULL,
	`student_id` text NOT NULL,
	PRIMARY KEY(`thing_id`, `student_id`),
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `recipients_by_student` ON `recipients` (`student_id`);--> statement-breakpoint
CREATE TABLE `signing_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`public_jwk` text NOT NULL,
	`sealed_private_jwk` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signing_keys_one_in_use` ON `signing_keys` (`school_id`) WHERE retired_at IS NULL;--> statement-breakpoint
CREATE TABLE `student_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`author_id` text NOT NULL,
	`text` text NOT NULL,
	`visibility` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer,
	`removed_at` integer,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `student_notes_by_student` ON `student_notes` (`student_id`,`id`);--> statement-breakpoint
CREATE TABLE `study_plan_steps` (
	`plan_id` text NOT NULL,
	`student_id` text NOT NULL,
	`position` integer NOT NULL,
	`text` text NOT NULL,
	`material_id` text,
	`assignment_id` text,
	`due_on` text,
	`done_at` integer,
	PRIMARY KEY(`plan_id`, `position`),
	FOREIGN KEY (`plan_id`) REFERENCES `study_plans`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`material_id`) REFERENCES `materials`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `study_plan_steps_by_student` ON `study_plan_steps` (`student_id`);--> statement-breakpoint
CREATE TABLE `study_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`student_id` text NOT NULL,
	`school_id` text,
	`title` text NOT NULL,
	`author_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `study_plans_by_student` ON `study_plans` (`student_id`,`status`);--> statement-breakpoint
CREATE INDEX `study_plans_by_author` ON `study_plans` (`author_id`);--> statement-breakpoint
CREATE TABLE `submissions` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`student_id` text NOT NULL,
	`school_id` text NOT NULL,
	`teacher_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`text` text DEFAULT '' NOT NULL,
	`late` integer NOT NULL,
	`status` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`submitted_at` integer NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`teacher_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_one_per_attempt` ON `submissions` (`assignment_id`,`student_id`,`attempt`);--> statement-breakpoint
CREATE INDEX `submissions_by_student` ON `submissions` (`student_id`,`id`);--> statement-breakpoint
CREATE INDEX `submissions_to_review` ON `submissions` (`teacher_id`,`submitted_at`) WHERE status = 'waiting';--> statement-breakpoint
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
	`payment_id` text,
	`cause_id` text NOT NULL,
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`student_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_entries_have_payment" CHECK("ledger_entries"."kind" IN ('lesson', 'make_up') OR "ledger_entries"."payment_id" IS NOT NULL),
	CONSTRAINT "ledger_entries_amount_positive" CHECK("ledger_entries"."amount" > 0),
	CONSTRAINT "ledger_entries_two_accounts" CHECK("ledger_entries"."debit" <> "ledger_entries"."credit")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_once` ON `ledger_entries` (`cause_id`,`kind`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_student` ON `ledger_entries` (`student_id`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_school` ON `ledger_entries` (`school_id`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_payment` ON `ledger_entries` (`payment_id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_of_hours` ON `ledger_entries` (`student_id`,`school_id`,`debit`,`amount`) WHERE unit = 'minutes';--> statement-breakpoint
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
CREATE TABLE `conversation_files` (
	`id` text PRIMARY KEY NOT NULL,
	`conversation_id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`key` text NOT NULL,
	`sha256` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversation_files_key_unique` ON `conversation_files` (`key`);--> statement-breakpoint
CREATE INDEX `conversation_files_by_room` ON `conversation_files` (`conversation_id`);--> statement-breakpoint
CREATE INDEX `conversation_files_by_uploader` ON `conversation_files` (`uploaded_by`);--> statement-breakpoint
CREATE TABLE `conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`school_id` text,
	`family_id` text,
	`child_id` text,
	`enrolment_id` text,
	`class_id` text,
	`staff_id` text,
	`opened_by` text,
	`subject` text,
	`created_at` integer NOT NULL,
	`closed_at` integer,
	`last_seq` integer DEFAULT 0 NOT NULL,
	`last_at` integer,
	`last_text` text,
	`last_sender_id` text,
	`revision` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`family_id`) REFERENCES `families`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`enrolment_id`) REFERENCES `enrolments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`class_id`) REFERENCES `classes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`last_sender_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_of_enrolment` ON `conversations` (`enrolment_id`) WHERE kind = 'student_teacher';--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_with_tutor` ON `conversations` (`child_id`,`staff_id`,`school_id`) WHERE kind = 'student_tutor' AND closed_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_about_child` ON `conversations` (`child_id`,`staff_id`,`school_id`) WHERE kind = 'guardian_teacher' AND closed_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_of_family` ON `conversations` (`family_id`) WHERE kind = 'family';--> statement-breakpoint
CREATE INDEX `conversations_by_child` ON `conversations` (`child_id`);--> statement-breakpoint
CREATE INDEX `conversations_by_staff` ON `conversations` (`staff_id`);--> statement-breakpoint
CREATE INDEX `conversations_by_opener` ON `conversations` (`opened_by`);--> statement-breakpoint
CREATE INDEX `conversations_by_school` ON `conversations` (`school_id`,`kind`,`last_at`);--> statement-breakpoint
CREATE INDEX `conversations_asking_help` ON `conversations` (`school_id`,`last_at`) WHERE kind = 'support' AND closed_at IS NULL;--> statement-breakpoint
CREATE INDEX `conversations_by_class` ON `conversations` (`class_id`) WHERE class_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `listeners` (
	`user_id` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `message_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`conversation_id` text NOT NULL,
	`seq` integer NOT NULL,
	`school_id` text NOT NULL,
	`child_id` text,
	`author_id` text,
	`written_at` integer NOT NULL,
	`text` text,
	`reported_by` text NOT NULL,
	`reason` text NOT NULL,
	`words` text,
	`status` text DEFAULT 'open' NOT NULL,
	`note` text,
	`decided_by` text,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reported_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_reports_once` ON `message_reports` (`conversation_id`,`seq`,`reported_by`);--> statement-breakpoint
CREATE INDEX `message_reports_queue` ON `message_reports` (`school_id`,`status`,`created_at`);--> statement-breakpoint
CREATE INDEX `message_reports_kept` ON `message_reports` (`created_at`) WHERE text IS NOT NULL;--> statement-breakpoint
CREATE INDEX `message_reports_by_author` ON `message_reports` (`author_id`);--> statement-breakpoint
CREATE INDEX `message_reports_by_reporter` ON `message_reports` (`reported_by`);--> statement-breakpoint
CREATE TABLE `seats` (
	`conversation_id` text NOT NULL,
	`user_id` text NOT NULL,
	`read_seq` integer DEFAULT 0 NOT NULL,
	`unread` integer DEFAULT 0 NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`user_id`, `conversation_id`),
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seats_by_conversation` ON `seats` (`conversation_id`,`read_seq`);--> statement-breakpoint
CREATE INDEX `seats_unread` ON `seats` (`user_id`) WHERE unread > 0;--> statement-breakpoint
CREATE TABLE `stirred` (
	`user_id` text PRIMARY KEY NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`notification_id` text,
	`user_id` text,
	`channel` text NOT NULL,
	`outcome` text DEFAULT 'sent' NOT NULL,
	`attempts` integer DEFAULT 1 NOT NULL,
	`provider_ref` text,
	`problem` text,
	`due_at` integer,
	`digest_at` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`notification_id`) REFERENCES `notifications`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_once` ON `deliveries` (`notification_id`,`channel`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`due_at`) WHERE outcome = 'held' AND digest_at IS NULL;--> statement-breakpoint
CREATE INDEX `deliveries_in_digest` ON `deliveries` (`user_id`,`digest_at`) WHERE digest_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_by_user` ON `deliveries` (`user_id`,`at`);--> statement-breakpoint
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
CREATE TABLE `notification_choices` (
	`user_id` text NOT NULL,
	`child_id` text,
	`topic` text NOT NULL,
	`channel` text NOT NULL,
	`least` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notification_choices_for_child` ON `notification_choices` (`user_id`,`child_id`,`topic`,`channel`) WHERE child_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `notification_choices_for_all` ON `notification_choices` (`user_id`,`topic`,`channel`) WHERE child_id IS NULL;--> statement-breakpoint
CREATE INDEX `notification_choices_by_child` ON `notification_choices` (`child_id`);--> statement-breakpoint
CREATE TABLE `notification_settings` (
	`user_id` text PRIMARY KEY NOT NULL,
	`quiet_from` text,
	`quiet_until` text,
	`digest_hour` integer NOT NULL,
	`digest_weekday` integer,
	`weekly_budget` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
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
CREATE TABLE `push_subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`endpoint` text NOT NULL,
	`user_agent` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_subscriptions_endpoint_unique` ON `push_subscriptions` (`endpoint`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_by_user` ON `push_subscriptions` (`user_id`,`id`);--> statement-breakpoint
CREATE TABLE `access_log` (
	`child_id` text NOT NULL,
	`viewer_id` text NOT NULL,
	`data_type` text NOT NULL,
	`hour_starts_at` integer NOT NULL,
	`capacity` text NOT NULL,
	`school_id` text,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`child_id`, `viewer_id`, `data_type`, `hour_starts_at`, `capacity`),
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`viewer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `access_log_by_child` ON `access_log` (`child_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `access_log_by_viewer` ON `access_log` (`viewer_id`);--> statement-breakpoint
CREATE TABLE `consent_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`child_id` text NOT NULL,
	`data_type` text NOT NULL,
	`recipient` text NOT NULL,
	`until` integer,
	`reason` text,
	`proposed_by` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`answered_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consent_proposals_one_open` ON `consent_proposals` (`child_id`,`data_type`,`recipient`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `consent_proposals_by_child` ON `consent_proposals` (`child_id`,`id`);--> statement-breakpoint
CREATE TABLE `consents` (
	`child_id` text NOT NULL,
	`data_type` text NOT NULL,
	`recipient` text NOT NULL,
	`granted` integer NOT NULL,
	`until` integer,
	`reason` text,
	`set_by` text,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`child_id`, `data_type`, `recipient`),
	FOREIGN KEY (`child_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consents_to_expire` ON `consents` (`until`) WHERE granted = 1 AND until IS NOT NULL;--> statement-breakpoint
CREATE TABLE `audit_events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
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
	`request_id` text,
	`who_salt` text DEFAULT (lower(hex(randomblob(16)))),
	`what_salt` text DEFAULT (lower(hex(randomblob(16)))),
	`erasure_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_events_id_unique` ON `audit_events` (`id`);--> statement-breakpoint
CREATE INDEX `audit_events_by_subject` ON `audit_events` (`subject_id`);--> statement-breakpoint
CREATE INDEX `audit_events_by_child` ON `audit_events` (`child_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_events_by_actor` ON `audit_events` (`actor_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_events_by_school` ON `audit_events` (`school_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_events_in_school` ON `audit_events` (`school_id`);--> statement-breakpoint
CREATE INDEX `audit_events_by_school_action` ON `audit_events` (`school_id`,`action`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `audit_seals` (
	`position` integer PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`school_id` text,
	`child` text,
	`frame` text NOT NULL,
	`who` text NOT NULL,
	`what` text NOT NULL,
	`digest` text NOT NULL,
	`sealed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_seals_event_id_unique` ON `audit_seals` (`event_id`);--> statement-breakpoint
CREATE INDEX `audit_seals_by_school` ON `audit_seals` (`school_id`,`position`);--> statement-breakpoint
CREATE INDEX `audit_seals_by_child` ON `audit_seals` (`child`,`position`);--> statement-breakpoint
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
