import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, expect, inject } from "vitest";
import { findChromium } from "#scripts/chromium.ts";

export const origin = inject("origin");
export const PASSWORD = "kinboard-demo";
const PIN = "2580";
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let launched: Promise<Browser> | undefined;

function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium on this machine: run npm test once, or set CHROMIUM_PATH");
  return (launched ??= chromium.launch({ executablePath, args: ARGS }));
}
afterAll(async () => (await launched)?.close());

type Setting = { scripts?: boolean; width?: number; dark?: boolean; /** Of another app than the shared one. */ at?: string };

/** Somebody with a browser of their own, a phone unless told otherwise. `complaints`: what its console had to say. */
export async function person({ scripts = true, width = 390, dark = false, at = origin }: Setting = {}) {
  const context = await (await launch()).newContext({ baseURL: at, javaScriptEnabled: scripts, viewport: { width, height: 800 }, colorScheme: dark ? "dark" : "light", locale: "en-GB", timezoneId: "Africa/Nairobi" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // A refused form is a 4xx by design; Chromium notes each as an error.
    // So it does of each socket that did not open: the page comes back by itself, and works without.
    if ((message.type() === "error" || message.type() === "warning") && !/the server responded with a status of 4\d\d|^WebSocket connection to/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  return { context, page, complaints };
}

const account = (identifier: string) => (identifier.endsWith("@") ? { identifier: `${identifier}demo.kinboard.test`, password: PASSWORD } : { identifier, password: PIN });

/** By the form: `guardian@` with the demo password, `grade3` with the PIN. */
export async function signIn(page: Page, who: string): Promise<void> {
  const { identifier, password } = account(who);
  await page.goto("/sign-in");
  await page.locator('input[name="identifier"]').fill(identifier);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('input[name="password"]').press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** A bearer token of the same person, to look behind the screen. */
export async function token(who: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v1/auth/tokens`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(account(who)) });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { token: string }).token;
}

export async function ask<T>(bearer: string, path: string): Promise<T> {
  const answer = await fetch(`${origin}/api/v1${path}`, { headers: { Authorization: `Bearer ${bearer}` } });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
}
