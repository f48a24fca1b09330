import { run } from "./process.ts";

/** What is quick to know while writing: types, lint, the architecture and the rules. `npm test` is the rest. */
try {
  await run("tsc", ["--noEmit"]);
  await run("eslint", ["--max-warnings=0", "."]);
  await run("vitest", ["run", "--project", "rules", ...process.argv.slice(2)]);
} catch {
  process.exit(1);
}
