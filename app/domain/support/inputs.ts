import * as z from "zod";
import { CLIENT_ID, LONGEST_MESSAGE } from "../chat/rules.ts";

const text = z.string("message_missing").trim().min(1, "message_missing").max(LONGEST_MESSAGE, "too_long");

export const OpenTicketInput = z.object({
  schoolId: z.string("ticket_school_missing").max(60, "too_long"),
  subject: z.string("ticket_subject_missing").trim().min(1, "ticket_subject_missing").max(120, "too_long").regex(/^[^\p{Cc}\p{Cf}]*$/u, "name_unusable"),
  text,
}).meta({ id: "OpenTicket" });
export type OpenTicketInput = z.infer<typeof OpenTicketInput>;

export const ReplyInput = z.object({ text, clientId: z.string("missing").regex(CLIENT_ID, "wrong_form").meta({ description: "Chosen by the sender: sent again it is the same message" }) }).meta({ id: "ReplyToTicket" });
export type ReplyInput = z.infer<typeof ReplyInput>;

export const TicketListQuery = z.object({ schoolId: z.string().max(60, "too_long").optional(), status: z.enum(["open", "closed"], "not_a_choice").default("open") });
export type TicketListQuery = z.infer<typeof TicketListQuery>;
