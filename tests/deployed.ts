import { readFileSync } from "node:fs";
import type { ModuleDefinition, WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import type { Bundle } from "#scripts/bundle.ts";
import { configOf, PARTS, parts, type Part } from "#scripts/parts.ts";

/** Production's variables with made-up secrets: what it says to the vendors has to end at stand-ins. */
export const PRODUCTION = {
  KINBOARD_ENV: "production",
  ORIGIN: "https://kinboard.org",
  STRIPE_SECRET_KEY: "sk_bench_0000000000000000000000000000",
  STRIPE_WEBHOOK_SECRET: "whsec_bench_00000000000000000000000000",
  VAULT_KEY: Buffer.alloc(32, 0xa7).toString("base64"),
  MAIL_API_URL: "https://mail.kinboard.org",
  MAIL_API_KEY: "bench",
  SMS_API_URL: "https://sms.kinboard.org",
  SMS_API_KEY: "bench",
};

type Options = { which?: Part[]; bindings?: Record<string, string>; modules?: ModuleDefinition[]; outboundService?: WorkerOptions["outboundService"] };

/** What miniflare has to know of the parts to run them as they are deployed, bound to each other and the rest as wrangler's configuration says. The front comes first. */
export function deployedWorkers(bundle: Bundle, { which = PARTS, bindings = PRODUCTION, modules = [], ...more }: Options = {}): WorkerOptions[] {
  return which.toReversed().map((part) => ({
    ...unstable_getMiniflareWorkerOptions(configOf(part)).workerOptions,
    ...more,
    name: parts[part].name!,
    bindings,
    modules: [...modules, { type: "ESModule", path: "index.js", contents: readFileSync(bundle[part], "utf8") }],
  }));
}
