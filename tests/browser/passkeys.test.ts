import { expect, test } from "vitest";
import { PASSWORD, person, signIn } from "./browser.ts";

/** AUTH-2 and AUTH-8 with a real ceremony: Chromium's virtual authenticator holds the key. */
test("AUTH-2, AUTH-8: a passkey is added, signs in by itself, confirms an act, and signs nobody in once removed", async () => {
  const { context, page, complaints } = await person();
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const held = async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials;

  // Added with a name; the confirmation in between loses neither.
  await signIn(page, "viewer@");
  await page.goto("/settings/security");
  await page.locator('input[name="passkeyName"]').fill("Grandmother's phone");
  await page.locator('button[data-passkey="registration"]').click();
  await page.locator('input[name="stepUpPassword"]').fill(PASSWORD);
  await page.locator("form:has(input[name=stepUpPassword]) button:not([data-passkey])").click();
  await page.getByText("Grandmother's phone").first().waitFor();
  expect(await held()).toHaveLength(1);

  // Signed out, the browser offers it by itself; the counter moves on.
  await page.goto("/sign-out");
  await page.locator("main form button").click();
  await page.waitForURL("**/sign-in*");
  const offered = await page.waitForURL("**/home", { timeout: 20_000 }).then(() => true, () => false);
  if (!offered) await page.locator('button[data-passkey="sign-in"]').click();
  await page.waitForURL("**/home");
  expect((await held())[0]?.signCount).toBeGreaterThan(1);

  // A fresh sign-in is no confirmation; the passkey is one, and the act goes on with what was typed.
  await page.goto("/settings/security");
  await page.getByRole("button", { name: /Remove .*Grandmother/ }).click();
  await page.locator('button[data-passkey="step-up"]').click();
  await page.waitForURL("**/settings/security?**");
  expect(await page.getByText("Grandmother's phone").count()).toBe(0);

  // The authenticator still holds the key; the server knows it no longer, says so, and is not asked again by itself.
  let tries = 0;
  page.on("request", (request) => { if (request.method() === "POST" && new URL(request.url()).pathname === "/sign-in") tries++; });
  await page.goto("/sign-out");
  await page.locator("main form button").click();
  await page.waitForURL("**/sign-in*");
  const refused = page.locator('[role="alert"]').first();
  const answered = await refused.waitFor({ timeout: 20_000 }).then(() => true, () => false);
  if (!answered) await page.locator('button[data-passkey="sign-in"]').click();
  await refused.waitFor();
  await page.waitForTimeout(1000);
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  expect(tries).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
});
