import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { devVariables } from "./scripts/dev-env.ts";
import { configOf } from "./scripts/parts.ts";
import { LongestFirst } from "./tests/longest-first.ts";

/** The tests run the libraries as the Worker does, cut to what it uses (`[alias]` in wrangler.toml). */
const libraries = [...readFileSync("wrangler.toml", "utf8").matchAll(/^"(.+)" = "\.\/(build\/libraries\/.+)"$/gm)]
  .map(([, name, path]) => ({ find: new RegExp(`^${name}$`), replacement: new URL(path!, import.meta.url).pathname }));

/** Four worlds: plain rules in Node, the bundle as it would be deployed, everything with D1 inside workerd, and the pages in a real browser. */
export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: { name: "rules", include: ["tests/{domain,architecture,api}/**/*.test.ts"], setupFiles: ["tests/no-stray-errors.ts"] },
      },
      {
        test: { name: "bundle", include: ["tests/bundle/**/*.test.ts"], testTimeout: 60_000 },
      },
      {
        plugins: [
          cloudflareTest(async ({ inject }) => ({
            main: "./worker/index.ts",
            wrangler: { configPath: configOf("whole") },
            miniflare: {
              bindings: {
                ...devVariables({ app: 80, vendors: inject("vendorsPort") }),
                ORIGIN: "http://localhost",
                KINBOARD_ENV: "test",
                MIGRATIONS: await readD1Migrations("migrations"),
                // How long the model of the money goes on, and with which story it begins.
                MONEY_OPERATIONS: Number(process.env.MONEY_OPERATIONS ?? 10_000),
                MONEY_SEED: Number(process.env.MONEY_SEED ?? 9),
                // How much is said in the story of rooms, and which it is.
                TALK_MESSAGES: Number(process.env.TALK_MESSAGES ?? 600),
                TALK_SEED: Number(process.env.TALK_SEED ?? 8),
              },
            },
          })),
        ],
        resolve: { alias: libraries },
        test: {
          name: "workerd",
          testTimeout: 60_000,
          isolate: false,
          include: ["tests/{operations,db,worker,routes,access}/**/*.test.ts"],
          globalSetup: ["tests/vendors/start.ts", "tests/describe-api.ts"],
          setupFiles: ["tests/migrate.ts", "tests/no-stray-errors.ts"],
          // React ships CommonJS.
          deps: { optimizer: { ssr: { enabled: true, include: ["react-dom/server.browser"] } } },
        },
      },
      {
        // After the rest: on a small machine a browser beside it would only wait.
        test: { name: "browser", sequence: { groupOrder: 1 }, include: ["tests/browser/**/*.test.ts"], globalSetup: ["tests/browser/app.ts"], testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false },
      },
    ],
  },
});
