import * as z from "zod";
import type { ChatRoom } from "./durable-objects/chat-room.ts";
import type { Inbox } from "./durable-objects/inbox.ts";

export type Bindings = {
  DB: D1Database;
  JOBS: Queue<{ jobId: string }>;
  FILES: R2Bucket;
  IMAGES: ImagesBinding;
  ROOMS: DurableObjectNamespace<ChatRoom>;
  INBOXES: DurableObjectNamespace<Inbox>;
};

const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
/** Names reserved for tests and documentation, and this machine: never in production. */
const NOT_PUBLIC = /^http:|localhost|127\.0\.0\.1|\[::1\]|\.(test|example|invalid|local)(:\d+)?$/;

const Origin = z.url().transform((url) => new URL(url).origin);

const VapidKey = z.object({ kty: z.literal("EC"), crv: z.literal("P-256"), x: z.string().length(43), y: z.string().length(43), d: z.string().length(43) });

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const Variables = z.object({
  KINBOARD_ENV: z.enum(["production", "development", "test"]),
  /** Scheme, host and port at which people reach the app. */
  ORIGIN: Origin,
  STRIPE_SECRET_KEY: z.string().min(1),
  STRIPE_WEBHOOK_SECRET: z.string().min(1),
  STRIPE_API_URL: Origin.default("https://api.stripe.com"),
  STRIPE_CHECKOUT_URL: Origin.default("https://checkout.stripe.com"),
  /** 32 bytes, base64: seals TOTP secrets and mailed codes. */
  VAULT_KEY: z.string().refine((key) => atob(key).length === 32, "needs 32 bytes in base64"),
  /** Where mail is handed over; in development it lands in /dev/mailbox instead. */
  MAIL_API_URL: Origin.optional(),
  MAIL_API_KEY: z.string().optional(),
  MAIL_FROM: z.string().default("Kinboard <no-reply@kinboard.test>"),
  /** The Workers' own way to send mail, where it is bound and no other service is named. */
  EMAIL: z.custom<SendEmail>().optional(),
  /** Where text messages are handed over; in development they land beside the mail. */
  SMS_API_URL: Origin.optional(),
  SMS_API_KEY: z.string().optional(),
  /** A number or a registered name. */
  SMS_SENDER: z.string().max(16).default("Kinboard"),
  /** A private P-256 key as JWK, by which push services know this server; without it nobody is nudged. */
  PUSH_KEY: z.string().transform((text, issue) => {
    const key = VapidKey.safeParse(parsedJson(text));
    if (!key.success) issue.addIssue({ code: "custom", message: "is no private P-256 key (JWK)" });
    return key.data ?? z.NEVER;
  }).optional(),
  /** Whom a push service may write to. */
  PUSH_CONTACT: z.string().regex(/^(mailto|https):/).default("mailto:no-reply@kinboard.test"),
  /** The chat of schools that use it; each has its own token. */
  PACHCA_API_URL: Origin.default("https://api.pachca.com"),
  /** Have I Been Pwned's range service, or a stand-in. */
  PASSWORD_RANGE_URL: Origin.optional(),
  /** The school whose people answer everybody who asks for help, whatever school they belong to. */
  HELP_SCHOOL_ID: z.string().startsWith("school_").optional(),
  /** Where those may write who have nobody to ask here. */
  HELP_EMAIL: z.email().optional(),
  /** Whoever shows it may read /api/metrics; without it there are none. */
  METRICS_KEY: z.string().min(16).optional(),
}).superRefine((env, issue) => {
  const urls = { ORIGIN: env.ORIGIN, STRIPE_API_URL: env.STRIPE_API_URL, STRIPE_CHECKOUT_URL: env.STRIPE_CHECKOUT_URL, MAIL_API_URL: env.MAIL_API_URL, SMS_API_URL: env.SMS_API_URL, PASSWORD_RANGE_URL: env.PASSWORD_RANGE_URL, PACHCA_API_URL: env.PACHCA_API_URL };
  for (const [path, url] of Object.entries(urls)) {
    if (!url) continue;
    if (env.KINBOARD_ENV === "production" && NOT_PUBLIC.test(url)) issue.addIssue({ code: "custom", path: [path], message: `production may not name ${url}` });
    if (env.KINBOARD_ENV !== "production" && !LOOPBACK.test(url)) issue.addIssue({ code: "custom", path: [path], message: `development may not name ${url}` });
  }
  for (const path of ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"] as const) {
    if (env.KINBOARD_ENV === "production" && env[path].length < 30) issue.addIssue({ code: "custom", path: [path], message: "too short to be one of the vendor's own" });
    if (env.KINBOARD_ENV !== "production" && /_live_/.test(env[path])) issue.addIssue({ code: "custom", path: [path], message: "development may not hold a live key" });
  }
  // 32 random bytes are never all letters: such a key was typed, or is development's.
  if (env.KINBOARD_ENV === "production" && /^[\x20-\x7e]*$/.test(atob(env.VAULT_KEY))) issue.addIssue({ code: "custom", path: ["VAULT_KEY"], message: "is not random" });
  if (env.KINBOARD_ENV === "production" && !env.EMAIL && (!env.MAIL_API_URL || !env.MAIL_API_KEY)) issue.addIssue({ code: "custom", path: ["MAIL_API_URL"], message: "production needs a mail service" });
  if (env.KINBOARD_ENV === "production" && (!env.SMS_API_URL || !env.SMS_API_KEY)) issue.addIssue({ code: "custom", path: ["SMS_API_URL"], message: "production needs an SMS service" });
});

export type Env = z.infer<typeof Variables> & Bindings;

const parsed = new WeakMap<object, Env>();

/** The environment, parsed once for each isolate. Throws, naming every variable that is missing or wrong. */
export function parseEnv(raw: object): Env {
  let env = parsed.get(raw);
  if (!env) {
    const result = Variables.safeParse(raw);
    if (!result.success) throw new Error(`environment: ${result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`);
    const { DB, JOBS, FILES, IMAGES, ROOMS, INBOXES } = raw as Bindings;
    env = { ...result.data, DB, JOBS, FILES, IMAGES, ROOMS, INBOXES };
    parsed.set(raw, env);
  }
  return env;
}
