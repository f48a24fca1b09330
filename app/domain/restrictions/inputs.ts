import * as z from "zod";

const instant = z.iso.datetime({ offset: true, error: "wrong_form" }).transform((text) => Date.parse(text));

/** Keeps somebody away from a child: from now or a later instant on, until another or until it is lifted. */
export const SetRestrictionInput = z.object({
  personId: z.string("missing").max(60, "too_long"),
  reason: z.string("restriction_reason_missing").trim().min(1, "restriction_reason_missing").max(500, "too_long"),
  startsAt: instant.optional(),
  endsAt: instant.optional(),
}).refine((asked) => asked.endsAt === undefined || asked.startsAt === undefined || asked.startsAt < asked.endsAt, { path: ["endsAt"], error: "ends_before_start" }).meta({ id: "SetRestriction" });
export type SetRestrictionInput = z.infer<typeof SetRestrictionInput>;
