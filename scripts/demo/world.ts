import { getPlatformProxy } from "wrangler";
import { createContext, NOBODY } from "#worker/context.ts";
import { parseEnv } from "#worker/env.ts";
import { devVariables, PORT } from "../dev-env.ts";
import { STATE } from "../local-d1.ts";
import { configOf } from "../parts.ts";
import { livingWorld, type LivingWorld } from "./living.ts";

/** The local D1, as the demo lives in it. */
type DemoWorld = LivingWorld & { close(): Promise<void> };

export async function openDemoWorld(vendorsPort: number): Promise<DemoWorld> {
  const proxy = await getPlatformProxy<{ DB: D1Database }>({ persist: { path: `${STATE}/v3` }, configPath: configOf("whole") });
  const env = parseEnv({ ...devVariables({ app: PORT, vendors: vendorsPort }), DB: proxy.env.DB, JOBS: { sendBatch: () => Promise.resolve() } });
  const world = livingWorld(createContext(env, { requestId: "demo", ...NOBODY }, () => undefined));
  return { ...world, close: () => proxy.dispose() };
}
