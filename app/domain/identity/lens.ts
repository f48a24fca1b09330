import type { Actor } from "../actor.ts";
import { DATA_TYPES, isOpen, type Setting } from "../consent/rules.ts";

/** Through which somebody looks with another's eyes: what of the other's they may know. */
export type Lens = {
  viewerId: string;
  viewerName: string;
  until: number;
  /** Families that the viewer is in too. */
  familyIds: string[];
  /** Of the other's children; `primary`: the viewer is their primary guardian, else the school's administration, with the child's consents for it. */
  children: { childId: string; primary: number; /** Requests of the child that wait for the other's decision. */ waiting: number; settings: (Omit<Setting, "granted"> & { granted: number })[] }[];
};

export type Through = <A extends Actor>(lens: Lens, actor: A, now: number) => A;

/**
 * Somebody as another may see what they see: children whom both may know, nothing of their own (mail, sessions, memberships, messages),
 * and for a school's administration nothing that the family does not share with it.
 */
export const through: Through = (lens, actor, now) => {
  const wards = actor.wards.flatMap((ward) => {
    const seen = lens.children.find((child) => child.childId === ward.childId);
    if (!seen) return [];
    const settings = seen.settings.map((setting) => ({ ...setting, granted: setting.granted === 1 }));
    const unshared = seen.primary === 1 ? [] : DATA_TYPES.filter((dataType) => !isOpen({ dataType, recipient: "school_administration" }, settings, now));
    return [{ ...ward, avatarKey: null, closed: [...new Set([...ward.closed, ...unshared])] }];
  });
  return {
    ...actor, wards, familyIds: actor.familyIds.filter((id) => lens.familyIds.includes(id)), memberships: [], restrictedFrom: [], scopes: null, mustChangePassword: false,
    email: null, emailVerified: false, username: null, avatarKey: null, factors: { totp: false, passkey: false }, session: { ...actor.session, steppedUpUntil: null },
    counts: { approvals: wards.reduce((sum, { childId }) => sum + lens.children.find((child) => child.childId === childId)!.waiting, 0), notifications: 0, messages: 0 }, viewedBy: { userId: lens.viewerId, name: lens.viewerName, until: lens.until },
  };
};
