import { describe, expect, test } from "vitest";
import { PASSWORD, person, signIn } from "./browser.ts";

describe.each([{ scripts: true }, { scripts: false }])("with scripts: $scripts", ({ scripts }) => {
  test("AUTH-3: a wrong password is said at once, what was typed stays, and the right one leads where one wanted to go", async () => {
    const { page, context, complaints } = await person({ scripts });
    await page.goto("/children");
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.locator('input[name="identifier"]').fill("guardian@demo.kinboard.test");
    await page.locator('input[name="password"]').fill("not this");
    await page.locator('input[name="password"]').press("Enter");
    await page.locator('[role="alert"]').first().waitFor();
    expect(await page.locator('input[name="identifier"]').inputValue()).toBe("guardian@demo.kinboard.test");
    expect(await page.locator('input[name="password"]').inputValue()).toBe("");
    await page.locator('input[name="password"]').fill(PASSWORD);
    await page.locator('input[name="password"]').press("Enter");
    await page.waitForURL("**/children");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("AUTH-11: a child signs in with username and PIN", async () => {
    const { page, context, complaints } = await person({ scripts });
    await signIn(page, "grade3");
    expect(await page.locator("h1").first().textContent()).toContain("Baraka");
    expect(complaints).toEqual([]);
    await context.close();
  });
});
