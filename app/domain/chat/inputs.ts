import * as z from "zod";
import { MOST_ATTACHMENTS } from "../files/kinds.ts";
import { CLIENT_ID, LONGEST_MESSAGE } from "./rules.ts";
import { saidText } from "./text.ts";

/** Empty where a file is to say it all. */
const MessageTextOrNone = z.string("message_missing").transform(saidText).pipe(z.string().max(LONGEST_MESSAGE, "message_too_long"));
export const MessageText = MessageTextOrNone.pipe(z.string().min(1, "message_missing"));

export const ClientId = z.string("missing").regex(CLIENT_ID, "wrong_form").meta({ description: "Chosen by the sender, one for each message: sent again it is the same message" });
const Seq = z.coerce.number("invalid").int("invalid").min(1, "invalid");

export const SendMessageInput = z.object({ text: MessageTextOrNone.optional(), clientId: ClientId.optional(), fileIds: z.array(z.string().max(60)).max(MOST_ATTACHMENTS, "files_too_many").optional() }).meta({ id: "SendMessage" });
export const EditMessageInput = z.object({ text: MessageText }).meta({ id: "EditMessage" });
export const ReadPointerInput = z.object({ seq: Seq }).meta({ id: "ReadPointer" });
export const MessageAddress = z.object({ conversationId: z.string(), seq: Seq });

/** A page of messages: the last ones, those before one, or those after one. */
export const HistoryQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20), before: Seq.optional(), after: Seq.or(z.literal(0)).optional() });

/** What the page of a room can be asked to do. */
export const RoomAct = z.discriminatedUnion("act", [
  z.object({ act: z.literal("send"), text: MessageTextOrNone.optional(), clientId: ClientId }),
  z.object({ act: z.literal("edit"), seq: Seq, text: MessageText }),
  z.object({ act: z.literal("delete"), seq: Seq }),
  z.object({ act: z.literal("export") }),
], "not_a_choice");
