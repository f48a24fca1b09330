import { deletePassword, putPassword } from "#db/accounts.ts";
import type { Write } from "#db/client.ts";
import { deleteSessions } from "#db/sessions.ts";
import type { AppContext } from "../../context.ts";
import { invalid } from "../errors.ts";
import { planJob } from "../jobs.server.ts";
import { hashOneTimeSecret, newOneTimeSecret } from "./one-time-secret.server.ts";

type Newcomer = { id: string; kind: "adult" | "child"; email: string | null };
type HandOver = {
  writes: Write[];
  jobIds: string[];
  /** To be shown once; null where a link is mailed. */
  secret: string | null;
};

/**
 * Gives an account, new or lost, to its owner; rows for the caller's batch. `credential`: a one-time password, or PIN for a child, which must be
 * changed at first sign-in. `link`: a mail with a link to choose one. Either way the old password and every session are gone. Cheap: a
 * thousand can be handed over in one import.
 */
export async function handOver(ctx: AppContext, user: Newcomer, way: "credential" | "link"): Promise<HandOver> {
  if (way === "link") {
    if (user.email === null) throw invalid("email", "email_missing");
    const job = planJob(ctx, "mail-set-up", { userId: user.id });
    return { writes: [deletePassword(ctx.db, user.id), deleteSessions(ctx.db, user.id), job.write], jobIds: [job.id], secret: null };
  }
  const secret = newOneTimeSecret(ctx, user.kind);
  const kept = { kind: user.kind === "child" ? "pin" : "password", hash: await hashOneTimeSecret(ctx, user.id, secret), mustChange: true, changedAt: ctx.clock.now() } as const;
  return { writes: [putPassword(ctx.db, user.id, kept), deleteSessions(ctx.db, user.id)], jobIds: [], secret };
}
