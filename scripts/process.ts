import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";

/** Runs a command to its end. Rejects, with what it printed when it was asked to be quiet, if it fails. */
export function run(command: string, args: string[], options: SpawnOptions & { quiet?: boolean } = {}): Promise<string> {
  const { quiet, ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"], ...rest });
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (status) => (status === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(" ")} ended with ${status}\n${output}`))));
  });
}

/** Ends a process and all that it started, by their ids: a parent's end alone would leave workerd holding the port. */
export async function endTree(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, name);
    } catch {
      // Already gone.
    }
  };
  signal("SIGTERM");
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
  signal("SIGKILL");
}
