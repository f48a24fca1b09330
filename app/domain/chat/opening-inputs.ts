import * as z from "zod";

const Id = z.string("missing").regex(/^\w{1,60}$/, "invalid");

/** A room that may be opened: a family's group, or a child's guardians with one of its teachers or tutors. */
export const OpenConversationInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("family"), familyId: Id }),
  z.object({ kind: z.literal("guardian_teacher"), childId: Id, staffId: Id, schoolId: Id }),
], "not_a_choice").meta({ id: "OpenConversation" });

export const keyOf = (asked: z.infer<typeof OpenConversationInput>) => (asked.kind === "family" ? `family.${asked.familyId}` : `about.${asked.childId}.${asked.staffId}.${asked.schoolId}`);

export const OpenAct = z.object({ room: z.string("not_a_choice").max(200, "not_a_choice") });
