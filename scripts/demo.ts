import { pathToFileURL } from "node:url";
import { adults, children, DEMO_DOMAIN, DEMO_PASSWORD, DEMO_PIN, DEMO_TOTP_SECRET, student } from "#db/demo/people.ts";
import { startVendors } from "#tests/vendors/start.ts";
import { clearDemoData } from "./demo/clear.ts";
import { loadDemoOnce } from "./demo/load.ts";
import { openDemoWorld } from "./demo/world.ts";
import { migrate } from "./local-d1.ts";

/** Loads the demo data unless it is there. Answers whether it had to. */
export async function loadDemo(): Promise<boolean> {
  const vendors = await startVendors(0, { webhookUrl: null });
  const world = await openDemoWorld(vendors.port);
  try {
    return await loadDemoOnce(world);
  } finally {
    await world.close();
    await vendors.close();
  }
}

async function clearDemo(): Promise<number> {
  const world = await openDemoWorld(0);
  try {
    return await clearDemoData(world);
  } finally {
    await world.close();
  }
}

/** The demo accounts, for the terminal. */
export function demoAccounts(): string {
  return [
    `Demo accounts (password ${DEMO_PASSWORD}):`,
    ...adults.map((adult) => `  ${`${adult.key}@${DEMO_DOMAIN}`.padEnd(40)} ${adult.about}`),
    `  ${`${student.key}@${DEMO_DOMAIN}`.padEnd(40)} a student of Umoja School, without a family`,
    `  TOTP secret of secured@: ${DEMO_TOTP_SECRET}`,
    `Children (username, PIN ${DEMO_PIN}): ${children.map((child) => child.key).join(", ")}`,
  ].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await migrate();
  if (process.argv[2] === "clear") console.log(`Removed ${await clearDemo()} rows of demo data.`);
  else console.log((await loadDemo()) ? demoAccounts() : "The demo data is there already.");
}
