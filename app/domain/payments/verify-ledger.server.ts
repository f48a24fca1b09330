import { verifyLedger as recompute, type LedgerFault, type TrialBalance } from "#db/ledger-verification.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { DomainError } from "../errors.ts";
import { paymentScope } from "./scope.server.ts";

type LedgerVerification = { balanced: boolean; entries: number; trial: TrialBalance[]; problems: LedgerFault[] };

/** An administrator has the school's books recomputed from their entries. Throws forbidden. */
export async function verifyLedger(ctx: AppContext, actor: Actor): Promise<LedgerVerification> {
  const { schoolIds } = paymentScope(actor);
  if (schoolIds.length === 0) throw new DomainError("forbidden");
  const { entries, trial, faults } = await recompute(ctx.db, schoolIds);
  return { balanced: faults.length === 0, entries, trial, problems: faults };
}
