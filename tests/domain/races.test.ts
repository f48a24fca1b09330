import { expect, test } from "vitest";
import { DomainError } from "#app/domain/errors.ts";
import { decidedAgain } from "#app/domain/purchases/lost-race.server.ts";
import { overtaken, wasFirst } from "#app/domain/races.server.ts";
import { ConstraintFailure } from "#db/errors.ts";

const UNIQUE = "UNIQUE things.name";
const lost = (constraint = UNIQUE) => new ConstraintFailure(constraint, null);
const moved = () => new DomainError("conflict", "primary_moved");

test("Q-9: whoever lost a race is told so; any other failure is not taken for one", async () => {
  const broken = new Error("D1 is down");
  await expect(Promise.reject(lost()).catch(overtaken(moved, "CHECK other", UNIQUE))).rejects.toMatchObject({ code: "conflict", reason: "primary_moved" });
  for (const error of [broken, lost("NOT NULL things.owner")]) await expect(Promise.reject(error).catch(overtaken(moved, UNIQUE))).rejects.toBe(error);
});

test("Q-9: what may be done twice says whether this was the first, and any other failure is not taken for a second", async () => {
  const broken = new Error("D1 is down");
  expect([await wasFirst(Promise.resolve(), UNIQUE), await wasFirst(Promise.reject(lost()), UNIQUE)]).toEqual([true, false]);
  await expect(wasFirst(Promise.reject(broken), UNIQUE)).rejects.toBe(broken);
});

test("PUR-3: a decision that was overtaken is made again, six times at most; any other failure is not tried again", async () => {
  let tries = 0;
  const deciding = (error: (tried: number) => Error | null) => () => decidedAgain(async () => {
    const thrown = error(++tries);
    if (thrown) throw thrown;
    return tries;
  });
  const race = () => lost("NOT NULL purchase_requests.revision");
  expect(await deciding((tried) => (tried < 3 ? race() : null))()).toBe(3);
  tries = 0;
  await expect(deciding(race)()).rejects.toMatchObject({ code: "conflict", reason: "busy" });
  expect(tries).toBe(6);
  tries = 0;
  await expect(deciding(moved)()).rejects.toMatchObject({ reason: "primary_moved" });
  expect(tries).toBe(1);
});
