import { wardOf, type Actor } from "../actor.ts";

/** Where a person's picture is; its key's last part makes a new picture a new address. */
export const avatarUrl = (userId: string, key: string | null): string | null => (key === null ? null : `/api/v1/avatars/${userId}?v=${key.slice(-6)}`);

/** The picture of the actor or of a child of theirs, where it is theirs to see. */
export function pictureOf(actor: Actor, personId: string): string | null {
  if (personId === actor.userId) return avatarUrl(personId, actor.avatarKey);
  const ward = wardOf(actor, personId);
  return ward && !ward.closed.includes("media") ? avatarUrl(personId, ward.avatarKey) : null;
}
