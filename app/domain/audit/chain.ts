/** An event as it is stored, `details` in the very characters. */
export type StoredEvent = {
  seq: number; id: string; at: number; action: string; familyId: string | null; schoolId: string | null; requestId: string | null;
  actorId: string | null; address: string | null; userAgent: string | null; whoSalt: string | null;
  subjectId: string; childId: string | null; details: string; whatSalt: string | null;
};

export type Seal = { position: number; eventId: string; schoolId: string | null; child: string | null; frame: string; who: string; what: string; digest: string };

/** What a seal says of an event whose parts nobody erased. */
type SealedParts = Omit<Seal, "digest">;

async function sha256(...words: unknown[]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(words)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What stands for a person in the audit log once they are erased: whoever knows the id can find it again, nobody can read the id from it. */
export const pseudonymOf = async (personId: string): Promise<string> => (personId.startsWith("erased_") ? personId : `erased_${await sha256("person", personId)}`);

/** The event in digests: what stays for ever, who acted, and what was done to whom. The last two are salted, so that nobody can guess what was erased. */
export async function partsOf(event: StoredEvent): Promise<SealedParts> {
  const { seq, id, at, action, familyId, schoolId, requestId } = event;
  const [frame, who, what, child] = await Promise.all([
    sha256(seq, id, at, action, familyId, schoolId, requestId),
    sha256(event.whoSalt, event.actorId, event.address, event.userAgent),
    sha256(event.whatSalt, event.subjectId, event.childId, event.details),
    event.childId === null ? null : pseudonymOf(event.childId),
  ]);
  return { position: seq, eventId: id, schoolId, child, frame, who, what };
}

/** The digest of a seal: its forerunner's and all that it says itself. The first has no forerunner. */
export const linkOf = (previous: string | null, { position, eventId, schoolId, child, frame, who, what }: SealedParts): Promise<string> =>
  sha256(previous, position, eventId, schoolId, child, frame, who, what);

/** Seals for these events, one upon the other. */
export async function sealAll(events: StoredEvent[], previous: string | null): Promise<Seal[]> {
  const seals: Seal[] = [];
  for (const parts of await Promise.all(events.map(partsOf))) seals.push({ ...parts, digest: await linkOf(seals.at(-1)?.digest ?? previous, parts) });
  return seals;
}
