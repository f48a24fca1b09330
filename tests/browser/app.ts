import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    origin: string;
    state: string;
  }
}

type App = { origin: string; state: string; close(): Promise<void> };

/** One that runs already, for the impatient: `KINBOARD_STATE=/tmp/state PORT=8850 npm start`, and both for the tests with `KINBOARD_ORIGIN`. */
const running = process.env.KINBOARD_ORIGIN && process.env.KINBOARD_STATE ? { origin: process.env.KINBOARD_ORIGIN, state: process.env.KINBOARD_STATE, close: async () => undefined } : null;

/** The app as `npm start` runs it, with demo data and the vendors' stand-ins, in a state folder of its own. */
async function startApp(): Promise<App> {
  const state = mkdtempSync(join(tmpdir(), "kinboard-app-"));
  const port = await freePort();
  const server = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "scripts/start.ts"], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, PORT: String(port), KINBOARD_STATE: state } });
  let output = "";
  const close = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((resolve) => server.once("close", resolve));
      server.kill("SIGTERM");
      await ended;
    }
    rmSync(state, { recursive: true, force: true });
  };
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(`Kinboard is at http://localhost:${port}`)) resolve();
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("close", (status) => reject(new Error(`npm start ended with ${status}:\n${output}`)));
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { origin: `http://localhost:${port}`, state, close };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** One app for the length of the browser tests. */
export default async function start(project: TestProject) {
  const app = running ?? (await startApp());
  project.provide("origin", app.origin);
  project.provide("state", app.state);
  return () => app.close();
}
