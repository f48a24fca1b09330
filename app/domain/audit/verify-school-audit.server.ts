import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { authorize } from "../policy.ts";
import { verifyAuditChain, type ChainVerification } from "./verify-audit-chain.server.ts";

/** An administrator has a stretch of the school's part of the chain recomputed. */
export async function verifySchoolAudit(ctx: AppContext, actor: Actor, schoolId: string, stretch: { from?: string | undefined; limit?: number | undefined }): Promise<ChainVerification> {
  authorize(actor, "school:administer", schoolId);
  return verifyAuditChain(ctx, { schoolId }, stretch);
}
