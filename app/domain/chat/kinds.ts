export const KINDS = ["family", "guardian_teacher", "student_teacher", "student_tutor", "announcement", "support"] as const;
export type ConversationKind = (typeof KINDS)[number];

/** As what somebody is in a room. `opener`: who asked for help; `staff`: the teacher, the tutor, whoever answers at the school. */
export type Capacity = "student" | "guardian" | "staff" | "opener";
