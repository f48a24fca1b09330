import { expect, test } from "vitest";
import { makeFamily, testContext } from "#tests/world.ts";
import { visitorFor } from "#tests/visitor.ts";

test("LRN-1, EDGE-1: cards of my children, and the profile of one", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  const person = await visitorFor(ctx, family.guardianId);
  const cards = await (await person.get("/children")).text();
  expect(cards).toContain(`href="/children/${family.childId}"`);
  expect(cards).not.toContain(other.childId);
  const profile = await person.get(`/children/${family.childId}`);
  expect(await profile.text()).toContain(`href="/children/${family.childId}/budget"`);
  expect(profile.headers.get("Server-Timing")).toContain("2 trips");
  expect((await person.get(`/children/${other.childId}`)).status).toBe(404);
});
