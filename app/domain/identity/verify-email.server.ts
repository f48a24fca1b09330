import { insertUser, putPassword } from "#db/accounts.ts";
import { broke } from "#db/errors.ts";
import { deleteSignUp, selectSignUp } from "#db/sign-ups.ts";
import type { AppContext } from "../../context.ts";
import { record } from "../audit.server.ts";
import { DomainError, invalid } from "../errors.ts";
import { newFamilyWrites } from "../families/new-family.server.ts";
import type { VerifyEmailInput } from "./inputs.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS } from "./limits.ts";
import { signUpCodeHash } from "./mail-secrets.server.ts";
import { startSession, type SignedIn } from "./start-session.server.ts";

/** Makes the user, the first family and a session in one write, for who knows the code that was mailed. */
export async function verifyEmail(ctx: AppContext, input: VerifyEmailInput, kind: "browser" | "bearer"): Promise<SignedIn & { userId: string; familyId: string | null }> {
  const guess = limitedTry(ctx, LIMITS.mailedCode, input.signUpId);
  const [counted, [begun]] = await ctx.db.batch([guess.count, selectSignUp(ctx.db, input.signUpId, ctx.clock.now())]);
  guess.permit(counted);
  if (!begun) throw invalid("signUpId", "sign_up_lapsed");
  if (begun.codeHash !== (await signUpCodeHash(ctx, begun.id, input.code.replace(/\s/g, "")))) throw invalid("code", "wrong_code");
  const now = ctx.clock.now();
  const userId = ctx.ids.make("user");
  const family = begun.family && newFamilyWrites(ctx, userId, { ...begun.family, timeZone: begun.timeZone });
  try {
    const session = await startSession(ctx, userId, kind, "email_code", [
      insertUser(ctx.db, { id: userId, kind: "adult", name: begun.name, email: begun.email, emailVerifiedAt: now, timeZone: begun.timeZone, createdAt: now }),
      putPassword(ctx.db, userId, { kind: "password", hash: begun.passwordHash, changedAt: now }),
      record(ctx, { userId }, { action: "user.signed_up", subjectId: userId }),
      ...(family?.writes ?? []),
      deleteSignUp(ctx.db, begun.id),
    ]);
    return { ...session, userId, familyId: family?.familyId ?? null };
  } catch (error) {
    // The same code at the same instant, or another sign-up with the address: either way its owner has an account now.
    throw broke(error, "UNIQUE users.email") ? new DomainError("conflict", "sign_up_lapsed") : error;
  }
}
