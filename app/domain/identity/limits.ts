import { HOUR, MINUTE } from "../clock.ts";

/** So many tries in any stretch of that length. */
export type Limit = { name: string; most: number; window: number };

/** What is tried, and how often. Sign-in and codes count failures only: a success gives its try back. */
export const LIMITS = {
  /** For each name that is tried, whether or not somebody has it. */
  signIn: { name: "sign-in", most: 10, window: 15 * MINUTE },
  /** A school's pupils share one address: generous, and only against trying many names. */
  signInFromAddress: { name: "sign-in-from", most: 300, window: 15 * MINUTE },
  /** Wrong PINs at one class's door: a whole class that mistypes, and no more. */
  classCode: { name: "class-code", most: 40, window: 15 * MINUTE },
  /** TOTP and backup codes together, for each person. */
  code: { name: "code", most: 5, window: 15 * MINUTE },
  /** Codes sent for a second factor: each costs money and rings a phone. For each person, and to each address. */
  codesFor: { name: "codes-for", most: 6, window: HOUR },
  codesTo: { name: "codes-to", most: 6, window: HOUR },
  /** Confirming an address by its code, for each address. */
  mailedCode: { name: "mailed-code", most: 5, window: 15 * MINUTE },
  /** Mails that somebody asks for without being signed in: to one address, and from one. */
  mailTo: { name: "mail-to", most: 5, window: HOUR },
  mailFrom: { name: "mail-from", most: 60, window: HOUR },
  /** Challenges are handed out to anybody who opens the sign-in page. */
  passkeyChallenge: { name: "passkey-challenge", most: 600, window: 15 * MINUTE },
  /** Invitations sent and families made by one person: each sends mails and tells which usernames are taken. */
  invite: { name: "invite", most: 40, window: 24 * HOUR },
  foundSchool: { name: "found-school", most: 5, window: 24 * HOUR },
  /** People that one administrator brings to a school by hand: it mails strangers and tells which usernames are taken. */
  addPerson: { name: "add-person", most: 400, window: 24 * HOUR },
  /** Pairing codes are short: few tries, for each person and for each address. */
  pairing: { name: "pairing", most: 20, window: HOUR },
  pairingFrom: { name: "pairing-from", most: 200, window: HOUR },
  /** The same invitation mailed again. */
  resend: { name: "resend", most: 3, window: 24 * HOUR },
  /** Each calendar program that shares one address asks every few minutes at most. */
  calendarFeed: { name: "calendar-feed", most: 120, window: HOUR },
  /** Each tells everybody who answers at a school. */
  openTicket: { name: "open-ticket", most: 10, window: 24 * HOUR },
  /** Each tells a whole class or school. */
  announce: { name: "announce", most: 60, window: 24 * HOUR },
  /** Each is looked at by the people who run a school. */
  report: { name: "report", most: 30, window: 24 * HOUR },
  stepUp: { name: "step-up", most: 10, window: 15 * MINUTE },
} satisfies Record<string, Limit>;

export const limitKey = (limit: Limit, subject: string) => `${limit.name}:${subject}`;

/** A window is this many buckets long. */
const BUCKETS = 3;

/** The bucket that a try falls into, and how far back tries count: a whole window at least, one bucket more at most. */
export function bucketAt(limit: Limit, now: number): { startsAt: number; since: number; freeAt: number } {
  const length = limit.window / BUCKETS;
  const startsAt = Math.floor(now / length) * length;
  return { startsAt, since: startsAt - limit.window, freeAt: startsAt + limit.window + length };
}

/** What one subscriber holds: an IPv4 address, or the first half of an IPv6 one. */
export function networkOf(address: string | null): string {
  if (!address?.includes(":")) return address ?? "unknown";
  const [head, tail = ""] = address.split("::") as [string, string?];
  const [first, last] = [head, tail].map((part) => part.split(":").filter(Boolean)) as [string[], string[]];
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill("0");
  return [...first, ...zeros, ...last].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "").toLowerCase()).join(":");
}
