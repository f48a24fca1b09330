import * as z from "zod";
import { instantOf } from "../lessons/local-time.ts";
import { ClientId, MessageText } from "./inputs.ts";

const instant = z.iso.datetime({ offset: true, error: "wrong_form" }).transform((text) => Date.parse(text)).nullable().default(null).meta({ description: "A later instant; null: now" });
const silent = z.boolean().default(false).meta({ description: "Tells nobody outside the room" });

export const PlanMessageInput = z.object({ text: MessageText, sendAt: instant, silent, clientId: ClientId.optional() }).meta({ id: "PlanMessage" });

/** To a class that one teaches, or to a school that one runs. */
export const AnnounceInput = PlanMessageInput.extend({ classId: z.string().max(60, "too_long").nullable().default(null), schoolId: z.string().max(60, "too_long").nullable().default(null) })
  .refine(({ classId, schoolId }) => (classId === null) !== (schoolId === null), { path: ["classId"], message: "audience_missing" }).meta({ id: "Announce" });
export type AnnounceInput = z.infer<typeof AnnounceInput>;

/** Of a form: the time as the clocks of the writer's zone show it. */
export const timedForm = (timeZone: string) => ({
  text: MessageText, clientId: ClientId, silent: z.literal("yes").optional().transform((ticked) => ticked === "yes"),
  sendAt: z.string().optional().transform((local, issue) => {
    if (local === undefined) return null;
    const found = instantOf(local.slice(0, 16), timeZone);
    if (typeof found === "number") return found;
    issue.addIssue({ code: "custom", message: found.problem });
    return z.NEVER;
  }),
});
