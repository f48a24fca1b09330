import * as z from "zod";

/** Which of one's notifications. `type` is a whole type or the word before its dot. */
export const NotificationFilterInput = z.object({
  type: z.string().regex(/^[a-z_]{1,40}(\.[a-z_]{1,40})?$/, "not_a_choice").optional(),
  unread: z.enum(["true", "false"]).transform((value) => value === "true").optional(),
  childId: z.string().max(60, "too_long").optional(),
});
export type NotificationFilterInput = z.infer<typeof NotificationFilterInput>;
