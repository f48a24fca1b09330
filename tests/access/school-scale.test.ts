import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { send } from "#tests/world.ts";
import { makeCast, type Cast } from "./cast.ts";
import { tripsOf } from "./knock.ts";

/** Q-6, SCH-6: what the administration's pages read depends on what they show, not on how large the school is, nor the others. */
const { DB } = env as unknown as { DB: D1Database };
const PEOPLE = 10_000;
const ELSEWHERE = 2_000;
let cast: Cast;

/** Pages, and how many rows each may read at a school of ten thousand: some for each of twenty people shown, or a thousand of each kind counted. */
const pages: { path: string; most: number }[] = [
  { path: "/admin/people?role=student", most: 400 },
  { path: "/admin/people?role=student&sort=newest", most: 400 },
  { path: "/admin/people?role=student&level=grade-12", most: 400 },
  { path: "/admin/people?role=student&q=p", most: 400 },
  { path: "/admin/people?role=student&q=pupil9%20family17", most: 1_500 },
  { path: "/admin/people?role=guardian&q=guardian", most: 400 },
  { path: "/admin/people?role=staff", most: 400 },
  { path: "/admin/people/new", most: 200 },
  { path: "/admin/people/:childId", most: 200 },
  { path: "/admin", most: 3_500 },
];

async function rowsRead(path: string): Promise<number> {
  const answer = await send("GET", path.replace(":childId", cast.ours.childId), { headers: { Cookie: cast.people["school admin"].cookie! } });
  expect(answer.status, path).toBe(200);
  expect(tripsOf(answer)).toBeLessThanOrEqual(2);
  return Number(/(\d+) rows/.exec(answer.headers.get("Server-Timing") ?? "")?.[1]);
}

beforeAll(async () => {
  cast = await makeCast();
  await insertPeople("ours", cast.ours.schoolId, PEOPLE);
}, 120_000);

describe.each(pages)("Q-6: $path", ({ path, most }) => {
  test(`reads at most ${most} rows at a school of ${PEOPLE}`, async () => {
    expect(await rowsRead(path)).toBeLessThanOrEqual(most);
  });
});

test(`Q-6: ${ELSEWHERE} people at another school change nothing`, { timeout: 120_000 }, async () => {
  const before = await Promise.all(pages.map(({ path }) => rowsRead(path)));
  await insertPeople("theirs", cast.theirs.schoolId, ELSEWHERE);
  expect(await Promise.all(pages.map(({ path }) => rowsRead(path)))).toEqual(before);
});

/** Students of all levels but the last, and a guardian for each, five hundred at a time. */
async function insertPeople(side: string, schoolId: string, count: number): Promise<void> {
  const now = Date.now();
  for (let from = 0; from < count / 2; from += 500) {
    const each = (insert: string, select: string) => DB.prepare(`INSERT INTO ${insert} WITH RECURSIVE many(n) AS (SELECT ${from + 1} UNION ALL SELECT n + 1 FROM many WHERE n < ${from + 500}) SELECT ${select} FROM many`);
    await DB.batch([
      each("users (id, kind, name, username, level, locale, time_zone, status, created_at)", `'user_${side}c' || n, 'child', 'Pupil' || n || ' Family' || (n % 200), '${side}-pupil-' || n, 'grade-' || (1 + n % 11), 'en', 'Africa/Nairobi', 'active', ${now}`),
      each("users (id, kind, name, email, locale, time_zone, status, created_at)", `'user_${side}g' || n, 'adult', 'Guardian ' || n, '${side}-' || n || '@example.test', 'en', 'Africa/Nairobi', 'active', ${now}`),
      each("memberships (id, user_id, school_id, role, active, created_at)", `'mem_${side}c' || n, 'user_${side}c' || n, '${schoolId}', 'student', 1, ${now}`),
      each("memberships (id, user_id, school_id, role, active, created_at)", `'mem_${side}g' || n, 'user_${side}g' || n, '${schoolId}', 'parent', 1, ${now}`),
    ]);
  }
}
