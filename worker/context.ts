import type { AppContext, Visit } from "#app/context.ts";
import { openDb } from "#db/client.ts";
import type { Env } from "./env.ts";
import { ids } from "./ids.ts";
import { jobBell } from "./queues/job-bell.ts";
import { breachedPasswordRange } from "./providers/breached-passwords.ts";
import { r2Files } from "./providers/files/r2.ts";
import { mailerFor } from "./providers/mail/mailer.ts";
import { stripeProvider } from "./providers/payments/stripe.ts";
import { cloudflareImages } from "./providers/pictures/cloudflare-images.ts";
import { pachcaOver } from "./providers/pachca/pachca.ts";
import { pushSenderFor } from "./providers/push/push.ts";
import { durableInboxes, durableRooms } from "./providers/rooms.ts";
import { smsSenderFor } from "./providers/sms/sms.ts";
import { aesVault } from "./providers/vault.ts";

export const NOBODY: Omit<Visit, "requestId"> = { address: null, userAgent: null, token: null };

/** The D1 binding, counting its round trips: `quality.md` allows two for a page and three for a form. */
function countRoundTrips(d1: D1Database, count: { roundTrips: number; rowsRead: number }): D1Database {
  const meter = <T>(answer: Promise<T>) => {
    count.roundTrips++;
    return answer.then((result) => {
      for (const part of Array.isArray(result) ? result : [result]) count.rowsRead += (part as { meta?: { rows_read?: number } } | null)?.meta?.rows_read ?? 0;
      return result;
    });
  };
  const wrapStatement = (statement: D1PreparedStatement): D1PreparedStatement => new Proxy(statement, {
    get(target, key) {
      if (key === "bind") return (...values: unknown[]) => wrapStatement(target.bind(...values));
      if (key === "unwrapped") return target;
      const member = Reflect.get(target, key) as unknown;
      if (typeof member !== "function") return member;
      return key === "run" || key === "all" || key === "first" || key === "raw" ? (...args: unknown[]) => meter((member as (...a: unknown[]) => Promise<unknown>).apply(target, args)) : member.bind(target);
    },
  });
  return new Proxy(d1, {
    get(target, key) {
      if (key === "prepare") return (query: string) => wrapStatement(target.prepare(query));
      if (key === "batch") return (statements: (D1PreparedStatement & { unwrapped?: D1PreparedStatement })[]) => meter(target.batch(statements.map((statement) => statement.unwrapped ?? statement)));
      const member = Reflect.get(target, key) as unknown;
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

export type Meter = { roundTrips: number; rowsRead: number };

export function createContext(env: Env, visit: Visit, waitUntil: (work: Promise<unknown>) => void, meter: Meter = { roundTrips: 0, rowsRead: 0 }): AppContext {
  const inboxes = durableInboxes(env.INBOXES, env.DB);
  const db = openDb(countRoundTrips(env.DB, meter), (userIds) => waitUntil(inboxes.stir(userIds)));
  const clock = { now: () => Date.now() };
  const log: AppContext["log"] = (event, facts) => console.log(JSON.stringify({ event, requestId: visit.requestId, ...facts }));
  return {
    db,
    clock,
    ids,
    visit,
    settings: { environment: env.KINBOARD_ENV, origin: env.ORIGIN, vendorsUrl: env.KINBOARD_ENV === "production" ? null : env.STRIPE_API_URL, help: { schoolId: env.HELP_SCHOOL_ID ?? null, email: env.HELP_EMAIL ?? null } },
    jobs: jobBell(env.JOBS, log),
    payments: stripeProvider(env),
    files: r2Files(env.FILES),
    pictures: cloudflareImages(env.IMAGES),
    rooms: durableRooms(env.ROOMS),
    inboxes,
    mail: mailerFor(env, db, clock),
    sms: smsSenderFor(env, db, clock),
    pachca: pachcaOver(env),
    push: pushSenderFor(env, db, clock, ids),
    vault: aesVault(env.VAULT_KEY),
    breachedPasswords: breachedPasswordRange(env.PASSWORD_RANGE_URL),
    log,
    waitUntil,
    afterAnswer: (work) => waitUntil(work()),
  };
}
