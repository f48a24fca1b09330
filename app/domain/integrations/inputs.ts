import * as z from "zod";

export const SetPachcaInput = z.object({
  token: z.string().trim().regex(/^[\x21-\x7e]{10,300}$/, "wrong_form").optional(),
  channelId: z.int("channel_number").min(1, "channel_number").max(Number.MAX_SAFE_INTEGER, "channel_number"),
});
export type SetPachcaInput = z.infer<typeof SetPachcaInput>;
