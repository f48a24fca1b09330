import { expect, test } from "vitest";
import { makeFamily, testContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

test("LRN-1, EDGE-1: cards of my children, and the profile of one", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  const person = await visitor(ctx, family.guardianId);
  const cards = await (await person.open("/children")).text();
  expect(cards).toContain(`href="/children/${family.childId}"`);
  expect(cards).not.toContain(other.childId);
  const profile = await person.open(`/children/${family.childId}`);
  expect(await profile.text()).toContain(`href="/children/${family.childId}/budget"`);
  expect(profile.headers.get("Server-Timing")).toContain("2 trips");
  expect((await person.open(`/children/${other.childId}`)).status).toBe(404);
});
