import * as z from "zod";

export const SetPachcaInput = z.object({
  token: z.string().trim().regex(/^[\x21-\x7e]{10,300}$/, "wrong_form").optional(),
  channelId: z.int("wrong_kind").min(1, "wrong_kind").max(Number.MAX_SAFE_INTEGER, "wrong_kind"),
});
export type SetPachcaInput = z.infer<typeof SetPachcaInput>;
