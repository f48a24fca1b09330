import { selectClassStudents, selectOpenCode, type ClassStudent } from "#db/class-codes.ts";
import type { AppContext } from "../../context.ts";
import { HOUR } from "../clock.ts";
import { DomainError, invalid } from "../errors.ts";
import type { ClassSignInInput } from "./inputs.ts";
import { limitedTry } from "./limited-try.server.ts";
import { LIMITS, networkOf } from "./limits.ts";
import { isSecretOf } from "./one-time-secret.server.ts";
import { classCodeHash } from "./open-class.server.ts";
import { shortNames } from "./short-names.ts";
import { attempted, startSession, type SignedIn, type SignInMethod } from "./start-session.server.ts";

/** A classroom's device is the next child's tomorrow. */
const SCHOOL_DAY = 12 * HOUR;

const lapsed = () => invalid("code", "class_code_lapsed");

/** Who is in the class of that code: short names, and to each a word that means this child at this code and nothing anywhere else. Null for a code that is none any more. */
export async function listClass(ctx: AppContext, code: string): Promise<{ student: string; name: string }[] | null> {
  const hash = await classCodeHash(ctx, code);
  const now = ctx.clock.now();
  const [[open], students] = await ctx.db.batch([selectOpenCode(ctx.db, hash, now), selectClassStudents(ctx.db, hash, now)]);
  if (!open) return null;
  const words = await wordsFor(ctx, hash, students);
  return shortNames(students.map((student) => student.name)).map((name, at) => ({ student: words[at]!, name }));
}

const wordsFor = (ctx: AppContext, codeHash: string, students: ClassStudent[]) =>
  Promise.all(students.map(async ({ userId }) => (await ctx.vault.digest(`class-student:${codeHash}:${userId}`)).slice(0, 22)));

/** Signs a child in who chose a name of the class and typed the PIN. A lock on the child's name holds here as at the other door; a code has its own. */
export async function signInByClass(ctx: AppContext, input: ClassSignInInput, kind: "browser" | "bearer"): Promise<SignedIn> {
  const who = { userId: null as string | null, method: "class_code" as SignInMethod };
  return attempted(ctx, who, async () => {
    const hash = await classCodeHash(ctx, input.code);
    const now = ctx.clock.now();
    const [byCode, byAddress] = [limitedTry(ctx, LIMITS.classCode, hash), limitedTry(ctx, LIMITS.signInFromAddress, networkOf(ctx.visit.address))];
    const [coded, placed, [open], students] = await ctx.db.batch([byCode.count, byAddress.count, selectOpenCode(ctx.db, hash, now), selectClassStudents(ctx.db, hash, now)]);
    byCode.permit(coded);
    byAddress.permit(placed);
    if (!open) throw lapsed();
    const words = await wordsFor(ctx, hash, students);
    const child = students[words.indexOf(input.student)];
    who.userId = child?.userId ?? null;
    const byName = limitedTry(ctx, LIMITS.signIn, child?.username ?? input.student);
    byName.permit(await byName.count);
    if (!(await isSecretOf(ctx, child, input.pin)) || !child) throw new DomainError("unauthenticated", "wrong_pin", { fields: [{ path: "pin", message: "wrong_pin" }] });
    return startSession(ctx, child.userId, kind, "class_code", [byCode.giveBack, byAddress.giveBack, byName.giveBack], SCHOOL_DAY);
  });
}
