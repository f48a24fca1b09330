import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { afterAll, expect, test, vi } from "vitest";
import { bundleParts } from "#scripts/bundle.ts";
import { devVariables } from "#scripts/dev-env.ts";
import { PARTS, type Part } from "#scripts/parts.ts";
import type { Endpoint } from "#worker/api/endpoint.ts";
import { endpoints } from "#worker/api/index.ts";
import { ofSchools } from "#worker/api/of-schools.ts";
import { isOfSchools } from "#worker/api/scope.ts";
import { IN_TIME } from "#tests/patience.ts";
import { openDeployed } from "./open-deployed.ts";

const folder = mkdtempSync(join(tmpdir(), "kinboard-bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bundle = await bundleParts(folder);
const textOf = (part: Part) => readFileSync(bundle[part], "utf8");
const sourcesOf = (part: Part) => (JSON.parse(readFileSync(`${bundle[part]}.map`, "utf8")) as { sources: string[] }).sources;
const filesUnder = (path: string) => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const served = filesUnder("build/client");

test.each(PARTS)("Q-7: the Worker %s is at most 350 KB gzipped", (part) => {
  const weight = gzipSync(textOf(part), { level: 9 }).length;
  console.info(`${part}: ${(weight / 1024).toFixed(1)} KB gzip of 350`);
  expect(weight).toBeLessThan(350 * 1024);
});

test("Q-2: the enhancement script is at most 10 KB on a page and 20 KB for the site", () => {
  const weigh = (file: string) => brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const scripts = served.filter((file) => /^build\/client\/enhance\/.*\.js$/.test(file));
  const first = scripts.filter((file) => /\/main-[^/]+\.js$/.test(file));
  expect(first).toHaveLength(1);
  expect(weigh(first[0]!)).toBeLessThanOrEqual(10 * 1024);
  // chart.js comes only to a chart that somebody looks at.
  expect(scripts.filter((file) => !/chart/.test(file)).reduce((sum, file) => sum + weigh(file), 0)).toBeLessThanOrEqual(20 * 1024);
});

test("OPS-3: neither a development host nor a development secret is in a bundle or in a file served", () => {
  // Remix and Hono resolve paths against a bare http://localhost; a port makes it a server of ours.
  const server = /https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\d+/;
  const words = [...Object.values(devVariables({ app: 8787, vendors: 12111 })).filter((value) => value !== "development"), "kinboard-demo", "demo.kinboard.test", "JBSWY3DPEHPK3PXP"];
  for (const text of [...PARTS.map(textOf), ...served.map((path) => readFileSync(path, "latin1"))]) {
    expect(server.exec(text)?.[0]).toBeUndefined();
    expect(words.filter((word) => text.includes(word))).toEqual([]);
  }
});

test.each(PARTS)("OPS-3: no stand-in of a vendor and no test is in %s", (part) => {
  expect(sourcesOf(part).length).toBeGreaterThan(40);
  expect(sourcesOf(part).filter((source) => /(^|\/)(tests|scripts)\/|db\/demo\//.test(source.replace(/.*node_modules\//, "npm:")))).toEqual([]);
});

test("OPS-3: each page is in the part that has it, and none for development in any", () => {
  expect(PARTS.filter((part) => /dev\/(mailbox|vendors|pieces)/.test(textOf(part)))).toEqual([]);
  expect(PARTS.filter((part) => textOf(part).includes("settings/security/tokens"))).toEqual(["account"]);
  expect(PARTS.filter((part) => textOf(part).includes("admin/people/:personId/merge"))).toEqual(["school"]);
  // By which it refuses who looks through another's eyes.
  expect(PARTS.filter((part) => textOf(part).includes("routes/guardian/view-as"))).toEqual(["school", "account", "family"]);
});

test("each door of the API is in one part, and the front knows in which", async () => {
  const { SCHOOL_API_PATHS } = (await import(resolve("build/parts/paths.js"))) as { SCHOOL_API_PATHS: RegExp };
  const passedToSchools = ({ path }: Endpoint) => SCHOOL_API_PATHS.test(`/api/v1${path.replace(/\{\w+\}/g, "anything")}`);
  expect(endpoints.filter((door) => passedToSchools(door) !== isOfSchools(door)).map(({ path }) => path)).toEqual([]);
  expect(ofSchools.filter((door) => !isOfSchools(door)).map(({ path }) => path)).toEqual([]);
  expect(PARTS.filter((part) => textOf(part).includes("/lesson-series/preview"))).toEqual(["school-api"]);
  expect(PARTS.filter((part) => textOf(part).includes("/users/{userId}/families"))).toEqual(["api"]);
});

test.each(PARTS)("one copy of each library and of each file of ours in %s", (part) => {
  const ours = sourcesOf(part).map((source) => /(?:^|\/)((?:app|worker|db)\/.*)$/.exec(source.replace(/.*node_modules\/.*/, ""))?.[1]).filter((path) => path !== undefined);
  expect(ours.filter((path, at) => ours.indexOf(path) !== at)).toEqual([]);
});

test("the parts together are Kinboard: a family and a school begin in them, from an empty database", async () => {
  const { send, live, mailTo, cron, close } = await openDeployed(bundle);
  try {
    expect(await (await send("GET", "/sign-in")).text()).toContain('name="password"');

    const asha = { email: "asha@kinboard.org", password: "a long walk to the lake" };
    const asked = await send("POST", "/sign-up", { form: { ...asha, name: "Asha Otieno", familyName: "Otieno", currency: "KES", timeZone: "Africa/Nairobi" } });
    expect(asked.status).toBe(303);
    // The page planned it, the queue rang, `jobs` sent it.
    const code = /\b\d{6}\b/.exec(await mailTo(asha.email))![0];
    expect((await send("POST", asked.headers.get("Location")!, { form: { code } })).status).toBe(303);

    const entered = await send("POST", "/sign-in", { form: { identifier: asha.email, password: asha.password } });
    expect(entered.status).toBe(303);
    const cookie = entered.headers.get("Set-Cookie")!.split(";")[0]!;
    const home = await send("GET", "/home", { cookie });
    expect(home.status).toBe(200);
    expect(await home.text()).toContain("No children yet");

    // Pages of `school`, through the front.
    expect((await send("GET", "/admin", { cookie })).status).toBe(404);
    expect((await send("POST", "/admin/schools/new", { cookie, form: { name: "Lake School", currency: "KES", timeZone: "Africa/Nairobi" } })).status).toBe(303);
    expect(await (await send("GET", "/Admin/", { cookie })).text()).toContain("Lake School");

    // `api` and `school-api`.
    expect(await (await send("GET", "/api/v1/me", { cookie })).json()).toMatchObject({ name: "Asha Otieno", memberships: [{ schoolName: "Lake School", role: "school_owner" }] });
    expect(await (await send("GET", "/api/v1/schools", { cookie })).json()).toMatchObject({ items: [{ name: "Lake School" }] });
    expect((await send("GET", "/calendar/nobody's.ics")).status).toBe(404);
    expect((await send("GET", "/api/v1/openapi.json")).headers.get("Content-Type")).toContain("application/json");
    expect(await cron("0 * * * *")).toBe("ok");

    // `rooms`, through the front: a socket that hears of what waits.
    const { ticket } = (await (await send("POST", "/api/v1/live/ticket", { cookie, form: {} })).json()) as { ticket: string };
    const { socket, frames } = await live(ticket);
    socket.send(JSON.stringify(["hi", 1, []]));
    await vi.waitFor(() => expect(frames.at(-1)).toEqual(["hi", 1, [0, 0, 0, 0, 0, 0, 0]]), IN_TIME);
    socket.close();

    const absent = await Promise.all(["/nowhere", "/admin/nowhere", "/api/nowhere", "/hooks/nowhere"].map((path) => send("GET", path)));
    expect(absent.map(({ status, headers }) => `${status} ${headers.get("Content-Type")}`)).toEqual(["404 text/html; charset=utf-8", "404 text/html; charset=utf-8", "404 application/problem+json", "404 application/problem+json"]);
  } finally {
    await close();
  }
});
