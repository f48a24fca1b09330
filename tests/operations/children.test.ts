import { expect, test } from "vitest";
import { api, makeFamily, makeGuardianship, makeUser, signedIn, testContext } from "#tests/world.ts";

type List = { items: { id: string; familyIds: string[] }[]; nextCursor: string | null };
const ids = async (answer: Response) => ((await answer.json()) as List).items.map((item) => item.id);

test("LRN-1, FAM-5: my children, across families, and nobody else's", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  await makeGuardianship(ctx, family.guardianId, other.childId);
  const token = await signedIn(ctx, family.guardianId);
  const answer = await api("GET", "/children", { token });
  const { items } = (await answer.json()) as List;
  expect(items.map((item) => item.id)).toEqual([family.childId, family.siblingId, other.childId].sort());
  // What else the child belongs to is not this guardian's to know.
  expect(items.map((item) => item.familyIds)).toEqual(items.map((item) => (item.id === other.childId ? [] : [family.familyId])));
  expect(await ids(await api("GET", `/parents/${family.guardianId}/children`, { token }))).toEqual(items.map((item) => item.id));
  expect((await api("GET", `/parents/${family.viewerId}/children`, { token })).status).toBe(404);
});

test("LRN-1: pages of children lead on by cursor", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const token = await signedIn(ctx, family.guardianId);
  const first = (await (await api("GET", "/children?limit=1", { token })).json()) as List;
  const second = (await (await api("GET", `/children?limit=1&cursor=${first.nextCursor}`, { token })).json()) as List;
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual([family.childId, family.siblingId].sort());
  expect(second.nextCursor).toBeNull();
});

test("LRN-1: an ended guardianship shows nothing from its end on", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const friend = await makeUser(ctx, "adult");
  await makeGuardianship(ctx, friend, family.childId, { endsAt: Date.now() - 1 });
  const token = await signedIn(ctx, friend);
  expect(await ids(await api("GET", "/children", { token }))).toEqual([]);
  expect((await api("GET", `/children/${family.childId}`, { token })).status).toBe(404);
});

test("FAM-5: siblings are told only to who is their guardian too", async () => {
  const ctx = testContext(Date.now());
  const family = await makeFamily(ctx);
  const aunt = await makeUser(ctx, "adult");
  await makeGuardianship(ctx, aunt, family.childId);
  expect(await ids(await api("GET", `/children/${family.childId}/siblings`, { token: await signedIn(ctx, family.guardianId) }))).toEqual([family.siblingId]);
  expect(await ids(await api("GET", `/children/${family.childId}/siblings`, { token: await signedIn(ctx, aunt) }))).toEqual([]);
  expect((await api("GET", `/children/${family.siblingId}`, { token: await signedIn(ctx, aunt) })).status).toBe(404);
});

test("LRN-1: a foreign child is as unknown as one that does not exist", async () => {
  const ctx = testContext(Date.now());
  const [family, other] = [await makeFamily(ctx), await makeFamily(ctx)];
  const token = await signedIn(ctx, other.guardianId);
  const strip = ({ ...body }: Record<string, unknown>) => body;
  const [foreign, unknown] = [await api("GET", `/children/${family.childId}`, { token }), await api("GET", "/children/user_nobody", { token })];
  expect([foreign.status, strip(await foreign.json())]).toEqual([unknown.status, strip(await unknown.json())]);
  expect(foreign.status).toBe(404);
});
