import { selectProfile } from "#db/profiles.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import type { Threshold } from "../notifications/severity.ts";
import { avatarUrl } from "./avatar.ts";

type Row = Awaited<ReturnType<typeof selectProfile>>[number];

/** What a person says of themselves; the rest is as it is for whoever never said anything. */
export const profileOf = (userId: string, { avatarKey, contactMethod, emergencyName, emergencyPhone, notificationDefaults, ...row }: Row) => ({
  ...row,
  avatar: avatarUrl(userId, avatarKey),
  contactMethod: contactMethod ?? "email",
  emergencyContact: emergencyName && emergencyPhone ? { name: emergencyName, phone: emergencyPhone } : null,
  notificationDefaults: { email: (notificationDefaults?.email ?? "info") as Threshold },
});
export type Profile = ReturnType<typeof profileOf>;

export async function readProfile(ctx: AppContext, actor: Actor): Promise<Profile> {
  const [row] = await selectProfile(ctx.db, actor.userId, ctx.clock.now());
  return profileOf(actor.userId, row!);
}
