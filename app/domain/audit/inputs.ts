import * as z from "zod";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "date_unusable").refine((date) => !Number.isNaN(Date.parse(date)), "date_unusable");

/** Which entries of the log: all filters hold together; days are the school's own, both included. */
export const AuditFilterInput = z.object({
  actor: z.string().max(100).optional(),
  person: z.string().max(100).optional(),
  action: z.string().max(60).optional(),
  from: day.optional(),
  to: day.optional(),
});
export type AuditFilterInput = z.infer<typeof AuditFilterInput>;
