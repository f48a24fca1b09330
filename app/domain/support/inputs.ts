import * as z from "zod";
import { ClientId, MessageText } from "../chat/inputs.ts";

export const OpenTicketInput = z.object({
  schoolId: z.string("ticket_school_missing").max(60, "too_long"),
  subject: z.string("ticket_subject_missing").trim().min(1, "ticket_subject_missing").max(120, "too_long").regex(/^[^\p{Cc}\p{Cf}]*$/u, "name_unusable"),
  text: MessageText,
}).meta({ id: "OpenTicket" });
export type OpenTicketInput = z.infer<typeof OpenTicketInput>;

export const ReplyInput = z.object({ text: MessageText, clientId: ClientId }).meta({ id: "ReplyToTicket" });
export type ReplyInput = z.infer<typeof ReplyInput>;

export const TicketListQuery = z.object({ schoolId: z.string().max(60, "too_long").optional(), status: z.enum(["open", "closed"], "not_a_choice").default("open") });
export type TicketListQuery = z.infer<typeof TicketListQuery>;
