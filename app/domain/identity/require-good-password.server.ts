import type { AppContext } from "../../context.ts";
import { invalid } from "../errors.ts";
import { isGuessablePin } from "./pins.ts";

type Owner = { name: string; email: string | null };

/** Throws invalid_input for a password that is one's name or address, or that has leaked elsewhere. Length is the schema's part. */
export async function requireGoodPassword(ctx: AppContext, password: string, person: Owner): Promise<void> {
  const plain = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
  const said = plain(password);
  const known = person.email === null ? [person.name] : [person.name, person.email, person.email.split("@")[0]!];
  if (known.some((word) => plain(word) === said)) throw invalid("password", "password_is_name");
  if (await ctx.breachedPasswords.includes(password)) throw invalid("password", "password_breached");
}

/** The same for whoever it is: an adult's password, long enough and good, or a child's PIN. */
export async function requireGoodSecret(ctx: AppContext, secret: string, person: Owner & { kind: "adult" | "child"; birthDate?: string | null }): Promise<void> {
  if (person.kind === "child") return requireGoodPin(secret, person.birthDate ?? null, "password");
  if (secret.length < 10) throw invalid("password", "password_too_short");
  return requireGoodPassword(ctx, secret, person);
}

/** Throws invalid_input for what is no PIN, and for one that anybody who knows the child would try first. */
export function requireGoodPin(pin: string, birthDate: string | null, path = "pin"): void {
  if (!/^\d{4,8}$/.test(pin)) throw invalid(path, "pin_figures");
  if (isGuessablePin(pin, birthDate)) throw invalid(path, "pin_guessable");
}
