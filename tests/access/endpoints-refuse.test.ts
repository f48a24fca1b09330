import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCastAtRest, type Cast, type Side } from "./cast.ts";
import { fingerprint } from "./fingerprint.ts";
import { cellsOf, doors, expectedAt, idsIn, knock, withoutIds } from "./knock.ts";

/** every endpoint x every role x ids of one's own family, of another, and of nobody: the cells that must be shut. */
let cast: Cast;
let tried = 0;
beforeAll(async () => {
  cast = await makeCastAtRest();
}, 60_000);
afterAll(() => console.info(`access table, API: ${tried} cells refused`));

describe.each(doors)("Q-13: $name", (door) => {
  test("who may not, gets 401, 403 or 404, the foreign like the unknown, and nothing is written", { timeout: 30_000 }, async () => {
    const before = await fingerprint();
    const wrong: string[] = [];
    for (const { role, of } of cellsOf(door, cast)) {
      const expected = expectedAt(door, cast, { role, of });
      if (expected === "yes") continue;
      tried++;
      const answer = await knock(door, cast, { role, of });
      const body = await answer.text();
      // A scope in SQL that finds nothing says 404 where the policy alone would say 403.
      const refused = answer.status === expected || (expected !== 401 && (answer.status === 404 || answer.status === 403));
      if (!refused) wrong.push(`${role}, ${of}: ${answer.status} instead of ${expected}: ${body.slice(0, 200)}`);
      if (expected !== 404 || of === "unknown") continue;
      const unknown = await knock(door, cast, { role, of: "unknown" });
      if (unknown.status !== answer.status || withoutIds(await unknown.text()) !== withoutIds(body)) wrong.push(`${role}, ${of}: not the answer of an unknown id: ${body.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
    expect(await fingerprint(), "something was written").toBe(before);
  });

  test("an id of another family smuggled into one's own request gets 4xx, and nothing is written", async () => {
    const before = await fingerprint();
    const wrong: string[] = [];
    const names = idsIn(door, cast.ours);
    for (const role of ["guardian", "child", "school admin"] as const) {
      if (names.length < 2 || expectedAt(door, cast, { role, of: "ours" }) !== "yes") continue;
      for (const swapped of names) {
        tried++;
        const swap = (name: keyof Side) => (cast.ours[name] === cast.ours[swapped] ? cast.theirs[name] : cast.ours[name]);
        const mixed = Object.fromEntries((Object.keys(cast.ours) as (keyof Side)[]).map((name) => [name, swap(name)])) as Side;
        const answer = await knock(door, { ...cast, ours: mixed }, { role, of: "ours" });
        if (answer.status < 400 || answer.status >= 500) wrong.push(`${role} with another family's ${swapped}: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await fingerprint(), "something was written").toBe(before);
  });
});
