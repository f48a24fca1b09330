import { commit } from "#db/client.ts";
import { findCredential, insertSession } from "#db/identity.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { DomainError } from "../errors.ts";
import type { SignInInput } from "./inputs.ts";
import { verifyPassword } from "./password-hash.server.ts";
import { hashToken, SESSION_LIFE, type IssuedSession } from "./sessions.ts";

/** Signs in with e-mail or username and password or PIN. Throws unauthenticated, the same for an unknown account. */
export async function signIn(ctx: AppContext, input: SignInInput, kind: "browser" | "bearer"): Promise<IssuedSession> {
  const credential = await findCredential(ctx.db, input.identifier);
  const good = await verifyPassword(input.password, credential?.status === "active" ? credential.hash : null);
  if (!credential || !good) throw new DomainError("unauthenticated", "wrong_credentials");
  const now = ctx.clock.now();
  const session: IssuedSession = { sessionId: ctx.ids.make("sess"), token: ctx.ids.secret(), expiresAt: now + SESSION_LIFE[kind] };
  await commit(ctx.db, [
    insertSession(ctx.db, {
      id: session.sessionId, tokenHash: await hashToken(session.token), userId: credential.userId, kind, createdAt: now, lastSeenAt: now, expiresAt: session.expiresAt,
      address: ctx.visit.address, userAgent: ctx.visit.userAgent,
    }),
    record(ctx, credential, { action: "session.started", subjectId: credential.userId }),
  ]);
  return session;
}
