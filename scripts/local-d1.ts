import { run } from "./process.ts";

/** Where the local D1, queues and caches live between two starts; tests have their own. */
export const STATE = process.env.KINBOARD_STATE ?? ".wrangler/state";

export async function migrate(): Promise<void> {
  await run("wrangler", ["d1", "migrations", "apply", "DB", "--local", "--persist-to", STATE], { quiet: true, env: { ...process.env, CI: "1" } });
}
