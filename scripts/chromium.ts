import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./process.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** The browser on this machine, or null. `CHROMIUM_PATH` names one that is elsewhere. */
export function findChromium(): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/snap/bin", "/Applications/Google Chrome.app/Contents/MacOS", "/Applications/Chromium.app/Contents/MacOS"];
  const candidates = [process.env.CHROMIUM_PATH, ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...["Google Chrome", "Chromium"].flatMap((name) => folders.map((folder) => join(folder, name)))];
  return candidates.find((path): path is string => path !== undefined && path !== "" && isExecutable(path)) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const HOW = `The tests need Chromium and found none. Either install it ("sudo apt-get install chromium" on Debian), run the tests as root on Debian,
or say where one is: CHROMIUM_PATH=/path/to/chrome npm test`;

/** The browser on this machine; Debian's package is installed where that may be done without asking. Throws with how to get one. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0) throw new Error(HOW);
  console.log("Installing Chromium …");
  const quiet = { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  try {
    await run("apt-get", ["update", "-qq"], quiet);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet);
  } catch (error) {
    throw new Error(`${HOW}\n\nInstalling it failed:\n${error instanceof Error ? error.message : String(error)}`);
  }
  const installed = findChromium();
  if (!installed) throw new Error(HOW);
  return installed;
}
