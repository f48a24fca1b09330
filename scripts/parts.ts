import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { experimental_readRawConfig } from "wrangler";

/** wrangler.toml describes the front door; the others are it with other doors and nothing to serve or pass on. */
const front = experimental_readRawConfig({ config: "wrangler.toml" }).rawConfig;
const { assets, services: _passedOn, ...inner } = front;

/** What nobody waits for. Every cron has its sweeps in worker/crons/schedule.ts; a test holds the two together. */
const background = {
  queues: { ...front.queues, consumers: [{ queue: front.queues!.producers![0]!.queue, max_batch_size: 20, max_batch_timeout: 0, max_retries: 3 }] },
  triggers: { crons: ["* * * * *", "*/5 * * * *", "0 * * * *"] },
};

/** The conversations' and people's own objects live in one part; the others call them there. */
const bound = front.durable_objects!.bindings as { name: string; class_name: string; script_name: string }[];
const objects = {
  durable_objects: { bindings: bound.map(({ script_name: _elsewhere, ...binding }) => binding) },
  migrations: [{ tag: "v1", new_sqlite_classes: bound.map(({ class_name }) => class_name) }],
};

/** Each Worker that is deployed, in an order that works from nothing: who passes requests on comes after those they go to. */
export const parts = {
  rooms: { ...inner, ...objects, name: "kinboard-rooms", main: "./worker/parts/rooms.ts" },
  jobs: { ...inner, ...background, name: "kinboard-jobs", main: "./worker/parts/jobs.ts" },
  api: { ...inner, name: "kinboard-api", main: "./worker/parts/api.ts" },
  "school-api": { ...inner, name: "kinboard-school-api", main: "./worker/parts/school-api.ts" },
  school: { ...inner, name: "kinboard-school", main: "./worker/parts/school.ts" },
  account: { ...inner, name: "kinboard-account", main: "./worker/parts/account.ts" },
  family: front,
};

export type Part = keyof typeof parts;
export const PARTS = Object.keys(parts) as Part[];

const { send_email: _real, ...local } = inner;

/** Development and the tests run all of it in one, and send no mail; the tests read a file through the binding. */
const whole = { ...local, ...background, ...objects, assets: { ...assets, binding: "ASSETS" }, main: "./worker/index.ts" };

/** Writes wrangler's configuration of a part and answers where. Its paths are whole, for it stands elsewhere. */
export function configOf(part: Part | "whole"): string {
  const file = resolve(`.wrangler/parts/${part}.json`);
  mkdirSync(resolve(file, ".."), { recursive: true });
  const config = JSON.stringify(part === "whole" ? whole : parts[part], (_key, value: unknown) => (typeof value === "string" && value.startsWith("./") ? resolve(value) : value));
  // `wrangler dev` starts its Worker anew when this file is written, and every socket breaks.
  if (!existsSync(file) || readFileSync(file, "utf8") !== config) writeFileSync(file, config);
  return file;
}
