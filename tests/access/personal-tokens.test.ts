import { beforeAll, describe, expect, test } from "vitest";
import { makeToken } from "#app/domain/identity/personal-tokens.server.ts";
import { SCOPES } from "#app/domain/identity/scopes.ts";
import { OWN_DOORS, scopeOf } from "#worker/api/scope.ts";
import { actorOf } from "#tests/world.ts";
import { makeCastAtRest, type Cast } from "./cast.ts";
import { fingerprint } from "./fingerprint.ts";
import { doors, knock } from "./knock.ts";

/** AUTH-14: every endpoint, asked with a token that has every scope but the one it needs. */
let cast: Cast;
const tokens = new Map<string | null, string>();
beforeAll(async () => {
  cast = await makeCastAtRest();
  const guardian = await actorOf(cast.ctx, cast.ours.guardianId, { steppedUp: true });
  for (const without of [null, ...SCOPES]) tokens.set(without, (await makeToken(cast.ctx, guardian, { name: `Without ${without}`, scopes: SCOPES.filter((scope) => scope !== without), expiresInDays: 30 })).token);
}, 60_000);

const asking = (token: string): Cast => ({ ...cast, people: { ...cast.people, guardian: { ...cast.people.guardian, token } } });
const signedInOnly = doors.filter(({ door }) => door.actor === "required");

test.each(signedInOnly)("AUTH-14: $name", async (at) => {
  const before = await fingerprint();
  const scope = scopeOf(at.door);
  const answer = await knock(at, asking(tokens.get(scope)!), { role: "guardian", of: "ours" });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, "forbidden"]);
  expect(await fingerprint(), "something was written").toBe(before);
});

describe("AUTH-14: by what a token opens", () => {
  test("every door has a scope, or is one to the account itself, which no token opens", () => {
    const shut = signedInOnly.filter(({ door }) => scopeOf(door) === null && !OWN_DOORS.test(door.path) && !/^\/me(\/|$)/.test(door.path));
    expect(shut.map(({ name }) => name)).toEqual([]);
  });

  test("a token with the right scope reads what its owner may", async () => {
    const wrong: string[] = [];
    for (const at of signedInOnly.filter(({ door }) => door.method === "get" && scopeOf(door) === "read")) {
      const [person, token] = [await knock(at, cast, { role: "guardian", of: "ours" }), await knock(at, asking(tokens.get(null)!), { role: "guardian", of: "ours" })];
      if (person.status !== token.status) wrong.push(`${at.name}: ${token.status} instead of ${person.status}`);
    }
    expect(wrong).toEqual([]);
  });
});
