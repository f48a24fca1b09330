import { spawn } from "node:child_process";
import { build } from "./build.ts";
import { letDemoTalk } from "./demo/talk.ts";
import { demoAccounts, loadDemo } from "./demo.ts";
import { devVariables, PORT as port } from "./dev-env.ts";
import { migrate, STATE } from "./local-d1.ts";
import { configOf } from "./parts.ts";
import { endTree } from "./process.ts";
import { isFresh, stampFresh } from "./freshness.ts";
import { startVendors } from "#tests/vendors/start.ts";

/** Builds what changed, migrates, loads the demo data and serves the app on this machine only. */
const crons = { "* * * * *": 60_000, "*/5 * * * *": 300_000, "0 * * * *": 3_600_000 };

if (!isFresh()) {
  console.log("Building …");
  await build();
  stampFresh();
}
await migrate();
const vendors = await startVendors(0, { webhookUrl: `http://localhost:${port}/hooks/stripe` });
const variables = devVariables({ app: port, vendors: vendors.port });
await loadDemo();

const server = spawn("wrangler", [
  "dev", "--config", configOf("whole"), "--port", String(port), "--ip", "127.0.0.1", "--local", "--persist-to", STATE, "--test-scheduled", "--show-interactive-dev-session=false", "--log-level", "warn", "--inspector-port", "0",
  ...Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
], { stdio: ["ignore", "inherit", "inherit"], detached: true });

const stop = async (status: number) => {
  await endTree(server);
  await vendors.close();
  process.exit(status);
};
process.on("SIGINT", () => void stop(0));
process.on("SIGTERM", () => void stop(0));
server.on("exit", (status) => void stop(status ?? 1));

await ready();
await letDemoTalk(`http://localhost:${port}`).catch((error: unknown) => console.error(`The demo people could not talk: ${String(error)}`));
// Nobody rings the crons of a local Worker: this does, at production's rhythm.
for (const [cron, every] of Object.entries(crons)) setInterval(() => void fetch(`http://localhost:${port}/__scheduled?cron=${encodeURIComponent(cron)}`).catch(() => undefined), every);
console.log(`\nKinboard is at http://localhost:${port}\n\n${demoAccounts()}\n`);

async function ready(): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const answer = await fetch(`http://localhost:${port}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  console.error("The app did not answer within a minute.");
  await stop(1);
}
