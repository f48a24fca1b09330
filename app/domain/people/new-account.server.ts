import { insertUser } from "#db/accounts.ts";
import type { Write } from "#db/client.ts";
import { insertMembership } from "#db/school-members.ts";
import type { AppContext } from "../../context.ts";
import type { Actor, Role } from "../actor.ts";
import { record } from "../audit.server.ts";
import { newFamilyWrites } from "../families/new-family.server.ts";
import { handOver } from "../identity/hand-over.server.ts";
import { usernameFor } from "../schools/roster/settle-person.server.ts";
import type { Way } from "./inputs.ts";

type Home = { schoolId: string; name: string; currency: string; timeZone: string };
type NewAccount = { role: Role; name: string; email?: string | undefined; username?: string | undefined; phone?: string | undefined; level?: string | undefined; birthDate?: string | undefined; way?: Way | undefined };
export type MadeAccount = { userId: string; writes: Write[]; jobIds: string[]; secret: string | null; signInName: string };

/**
 * An account that a school makes, and how it gets to its owner: rows for the caller's batch. A guardian gets a family, as everybody who signs
 * up does. Who has neither address nor username gets a username of their name.
 */
export async function planAccount(ctx: AppContext, actor: Actor, home: Home, { role, way, ...person }: NewAccount): Promise<MadeAccount> {
  const userId = ctx.ids.make("user");
  const now = ctx.clock.now();
  const kind = role === "student" ? "child" : "adult";
  const email = person.email ?? null;
  const username = person.username ?? (email === null || kind === "child" ? usernameFor(person.name, userId) : null);
  const handed = await handOver(ctx, { id: userId, kind, email }, way ?? (email === null || kind === "child" ? "credential" : "link"));
  return {
    userId, jobIds: handed.jobIds, secret: handed.secret, signInName: (username ?? email)!,
    writes: [
      insertUser(ctx.db, { id: userId, kind, name: person.name, email, username, phone: person.phone, level: person.level, birthDate: person.birthDate, locale: actor.locale, timeZone: home.timeZone, homeSchoolId: home.schoolId, createdAt: now }),
      insertMembership(ctx.db, { id: ctx.ids.make("mem"), userId, schoolId: home.schoolId, role, createdAt: now }),
      ...handed.writes,
      ...(role === "parent" ? newFamilyWrites(ctx, userId, { name: person.name, currency: home.currency, timeZone: home.timeZone }).writes : []),
      record(ctx, actor, { action: "person.created", subjectId: userId, schoolId: home.schoolId, ...(kind === "child" ? { childId: userId } : {}), details: { role, way: handed.secret === null ? "link" : "credential" } }),
    ],
  };
}
