import type { Db } from "#db/client.ts";
import type { Clock } from "./domain/clock.ts";
import type { Vault } from "./domain/identity/vault.ts";
import type { BreachedPasswords } from "./domain/identity/breached-passwords.ts";
import type { Inboxes, Rooms } from "./domain/chat/rooms.ts";
import type { Files } from "./domain/files.ts";
import type { JobBell } from "./domain/jobs.server.ts";
import type { Mailer } from "./domain/notifications/mailer.ts";
import type { Pachca } from "./domain/integrations/pachca.ts";
import type { PushSender } from "./domain/notifications/push.ts";
import type { Pictures } from "./domain/pictures.ts";
import type { SmsSender } from "./domain/notifications/sms.ts";
import type { PaymentProvider } from "./domain/payments/payment-provider.ts";

type Settings = {
  environment: "production" | "development" | "test";
  /** Where the app is reached: scheme, host, port; no slash at the end. */
  origin: string;
  /** Where the vendors' stand-ins are; never in production. */
  vendorsUrl: string | null;
  /** Who helps those who belong to no school: the people of one that is Kinboard's own, and an address to write to. Null: nobody yet. */
  help: { schoolId: string | null; email: string | null };
};

/** What is known of the request (or the job) that asks. */
export type Visit = {
  requestId: string;
  address: string | null;
  userAgent: string | null;
  /** The reference token shown, if any, and how. */
  token: { value: string; via: "cookie" | "bearer" } | null;
};

export type Ids = {
  /** A prefixed id that sorts by time of making: `pay_01J…`. */
  make(prefix: string): string;
  /** A secret of 256 random bits, base64url. */
  secret(): string;
  /** A random UUID (v4), where a document of another's standard wants one. */
  uuid(): string;
  /** Random letters out of these, each equally likely. */
  letters(alphabet: string, length: number): string;
  /** Random decimal digits. */
  digits(length: number): string;
};

export type Log = (event: string, facts?: Record<string, string | number | boolean | null | undefined>) => void;

/** All that an operation may touch. Built from the environment once per request or job, in `worker/context.ts`. */
export type AppContext = {
  db: Db;
  clock: Clock;
  ids: Ids;
  visit: Visit;
  settings: Settings;
  jobs: JobBell;
  payments: PaymentProvider;
  files: Files;
  pictures: Pictures;
  rooms: Rooms;
  inboxes: Inboxes;
  mail: Mailer;
  sms: SmsSender;
  push: PushSender;
  pachca: Pachca;
  vault: Vault;
  breachedPasswords: BreachedPasswords;
  log: Log;
  /** Work that may go on after the answer. */
  waitUntil(work: Promise<unknown>): void;
  /** Work that begins only when the answer is made: a read stays a read. */
  afterAnswer(work: () => Promise<unknown>): void;
};
