import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { schedule } from "#worker/crons/schedule.ts";
import { parts } from "#scripts/parts.ts";
import { run } from "#scripts/process.ts";
import { edges, sources, trackedFiles } from "./sources.ts";

const text = (file: string) => readFileSync(file, "utf8");
const readable = trackedFiles.filter((file) => !/\.(png|ico|webp|jpg|woff2)$/.test(file) && file !== "package-lock.json" && !file.startsWith("tests/architecture/"));
const containing = (pattern: RegExp, files = readable) => files.flatMap((file) => text(file).split("\n").flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}: ${line.trim().slice(0, 120)}`] : [])));

test("names come from the field: no utils, helpers, misc, common, services or manager", () => {
  expect(trackedFiles.filter((file) => file.split("/").some((part) => /^(utils?|helpers?|misc|common|services?|managers?)(\.|$)/i.test(part) || /[-.](utils?|helpers?|manager)\./i.test(part)))).toEqual([]);
  expect(trackedFiles.filter((file) => /^(worker|app|db|tests|scripts)\//.test(file) && !/^[a-z0-9_.-]+$/.test(basename(file)))).toEqual([]);
});

test("files are short: 300 lines the end, nine in ten under 200, the median about 60", () => {
  const lengths = sources.map((file) => ({ file, lines: text(file).split("\n").length - 1 })).sort((a, b) => a.lines - b.lines);
  expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  expect(lengths[Math.floor(lengths.length * 0.9)]!.lines).toBeLessThan(200);
  expect(lengths[Math.floor(lengths.length * 0.5)]!.lines).toBeLessThan(70);
});

test("every file is needed by another, or is where something begins", () => {
  const routes = new Set([...text("app/routes.ts").matchAll(/"(routes\/[^"]+)"/g)].map((match) => `app/${match[1]}`));
  const needed = new Set(edges.map((edge) => edge.to));
  const begins = /^(app\/(root|routes|entry\.\w+|enhance\/main|(styles|i18n)\/in-browser)\.tsx?|worker\/(index|(parts|left-out)\/\w[\w-]*)\.ts|db\/(drizzle\.config|schema\/index)\.ts|tests\/|scripts\/)/;
  expect(sources.filter((file) => !needed.has(file) && !routes.has(file) && !begins.test(file))).toEqual([]);
  expect([...routes].filter((file) => !sources.includes(file))).toEqual([]);
});

test("nothing is left for later, and nothing tells of the machine it was written on", () => {
  expect(containing(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  expect(containing(/(?<![\w.])\/(work|root|home|Users)\/\w/)).toEqual([]);
  expect(containing(/registry\.npmjs|npm\.pkg|jfrog|artifactory|nexus3?\//)).toEqual([]);
  expect(containing(/"resolved"|https?:\/\/(?!localhost)[^"]*\.tgz/, ["package-lock.json"])).toEqual([]);
});

test("what is said of one refusal stands in one catalogue", async () => {
  const said: string[] = [];
  for (const file of sources.filter((path) => /^app\/i18n\/en\/(?!index)/.test(path))) {
    for (const [name, words] of Object.entries((await import(join(process.cwd(), file))) as Record<string, object>)) if (/problems$/i.test(name)) said.push(...Object.keys(words));
  }
  expect(said.length).toBeGreaterThan(100);
  expect(said.filter((reason, at) => said.indexOf(reason) !== at)).toEqual([]);
});

test("every package has its exact version", () => {
  const { dependencies, devDependencies } = JSON.parse(text("package.json")) as Record<string, Record<string, string>>;
  expect(Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("wrangler's crons are the schedule's", () => {
  expect(parts.jobs.triggers.crons.toSorted()).toEqual(Object.keys(schedule).sort());
});

test("the migrations make the schema as it is: generating again yields nothing", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "kinboard-drift-"));
  try {
    cpSync("migrations", folder, { recursive: true });
    await run("drizzle-kit", ["generate", "--dialect", "sqlite", "--schema", "./db/schema/index.ts", "--out", folder], { quiet: true });
    expect(readdirSync(folder).sort()).toEqual(readdirSync("migrations").sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
