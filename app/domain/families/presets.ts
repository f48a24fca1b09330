import type { Rights } from "../actor.ts";

/** What a guardian usually may; the last two are contacts with an account, and have no right. */
export const PRESETS = ["full", "viewer", "payer", "pick_up", "emergency"] as const;
export type Preset = (typeof PRESETS)[number];
type Contact = "pick_up" | "emergency";
/** The four rights, and as what somebody without any is known to the family. */
export type Grant = Rights & { contactAs: Contact | null };

const NOTHING: Rights = { canApprovePurchases: false, canScheduleLessons: false, canViewProgress: false, canTalkWithTeachers: false };
const GRANTS: Record<Preset, Grant> = {
  full: { canApprovePurchases: true, canScheduleLessons: true, canViewProgress: true, canTalkWithTeachers: true, contactAs: null },
  viewer: { ...NOTHING, canViewProgress: true, contactAs: null },
  payer: { ...NOTHING, canApprovePurchases: true, contactAs: null },
  pick_up: { ...NOTHING, contactAs: "pick_up" },
  emergency: { ...NOTHING, contactAs: "emergency" },
};

/** A preset fills the four rights; rights chosen one by one are nobody's preset. */
export const grantOf = (preset: Preset | undefined, rights: Rights): Grant => (preset ? GRANTS[preset] : { ...rights, contactAs: null });

export const RIGHT_NAMES = Object.keys(NOTHING) as (keyof Rights)[];

/** The preset that these rights are; null: chosen one by one. */
export const presetOf = (held: Grant): Preset | null => PRESETS.find((preset) => GRANTS[preset].contactAs === held.contactAs && RIGHT_NAMES.every((right) => GRANTS[preset][right] === held[right])) ?? null;

/** Whether nothing is asked for beyond what is held, and something is. */
export const isPartOf = (asked: Rights, held: Rights): boolean => RIGHT_NAMES.some((right) => asked[right]) && RIGHT_NAMES.every((right) => !asked[right] || held[right]);
