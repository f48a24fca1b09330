import type { AppContext } from "../../context.ts";
import { invalid } from "../errors.ts";

/** Throws invalid_input for a password that is one's name or address, or that has leaked elsewhere. Length is the schema's part. */
export async function requireGoodPassword(ctx: AppContext, password: string, person: { name: string; email: string | null }): Promise<void> {
  const plain = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
  const said = plain(password);
  const [local = ""] = (person.email ?? "").split("@");
  if ([person.name, person.email ?? "", local].some((known) => known !== "" && plain(known) === said)) throw invalid("password", "password_is_name");
  if (await ctx.breachedPasswords.includes(password)) throw invalid("password", "password_breached");
}
