import { expirePurchases, remindDeciders } from "#app/domain/purchases/expire-purchases.server.ts";
import type { Sweep } from "./schedule.ts";

/** Approvals: what ran out of time, and who should be reminded. */
export const approvals: Sweep = async (ctx) => (await expirePurchases(ctx)) + (await remindDeciders(ctx));
