import * as z from "zod";

/** Blank is none. */
const note = (longest: number) => z.string().trim().max(longest, "too_long").transform((text) => text || undefined).optional();

export const RequestPurchaseInput = z.object({
  planId: z.string("plan_missing").min(1, "plan_missing").max(60, "too_long"),
  message: note(500),
}).meta({ id: "RequestPurchase" });
export type RequestPurchaseInput = z.infer<typeof RequestPurchaseInput>;

export const ApprovePurchaseInput = z.object({
  note: note(500),
  /** "Over the limit, this once": recorded, and for this request only. */
  allowOverLimit: z.union([z.boolean(), z.literal("yes").transform(() => true)]).default(false),
}).meta({ id: "ApprovePurchase" });
export type ApprovePurchaseInput = z.infer<typeof ApprovePurchaseInput>;

export const DenyPurchaseInput = z.object({
  reason: z.string("reason_missing").trim().min(1, "reason_missing").max(500, "too_long"),
}).meta({ id: "DenyPurchase" });
export type DenyPurchaseInput = z.infer<typeof DenyPurchaseInput>;

export const DecisionPolicyInput = z.object({ policy: z.enum(["any", "primary", "all"], "policy_unknown") }).meta({ id: "DecisionPolicy" });
