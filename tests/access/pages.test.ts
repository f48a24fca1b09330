import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as serverBuild from "#build/server/index.js";
import { send } from "#tests/world.ts";
import { makeCastAtRest, type Cast } from "./cast.ts";
import { fingerprint } from "./fingerprint.ts";
import { verdict, type Verdict } from "./judge.ts";
import { cells, tripsOf, type Cell } from "./knock.ts";
import { pages } from "./pages.ts";

/** Q-13 for pages: every route of the build x every role x ids of one's own family, of another, and of nobody. Q-6: each in at most two round trips. */
const parents = new Set(Object.values(serverBuild.routes).map((route) => route?.parentId));
const paths = Object.values(serverBuild.routes).filter((route) => route && !parents.has(route.id) && route.path !== "*").map((route) => `/${route?.path ?? ""}`);

let cast: Cast;
let tried = 0;
beforeAll(async () => {
  cast = await makeCastAtRest();
}, 60_000);
afterAll(() => console.info(`access table, pages: ${tried} cells of ${paths.length} pages`));

test("every page has its row, and every row its page", () => {
  expect(Object.keys(pages).sort()).toEqual([...paths].sort());
});

describe.each(paths)("Q-13: %s", (path) => {
  test("opens to whom it may, sends a stranger to sign in, and knows no difference between the foreign and the unknown", { timeout: 60_000 }, async () => {
    const before = await fingerprint({ reading: true });
    const wrong: string[] = [];
    for (const cell of cells) {
      tried++;
      const expected = expectedAt(path, cell);
      const answer = await open(path, cell);
      const body = await answer.text();
      const at = `${cell.role}, ${cell.of}`;
      const location = answer.headers.get("Location") ?? "";
      const toSignIn = answer.status >= 300 && answer.status < 400 && location.startsWith("/sign-in");
      if (answer.status === 500) wrong.push(`${at}: 500`);
      if (tripsOf(answer) > 2) wrong.push(`${at}: Q-6: ${tripsOf(answer)} round trips`);
      if (expected === "stranger" && !toSignIn) wrong.push(`${at}: ${answer.status} ${location} instead of going to sign in`);
      if (expected === "yes" && (answer.status >= 400 || toSignIn) && pages[path]?.may !== "open") wrong.push(`${at}: ${answer.status} ${location}`);
      if (expected === "no" && answer.status === 200) wrong.push(`${at}: opened`);
      if (expected === "unknown") {
        // A page for others may send on before it looks: to what refuses.
        if (answer.status === 200) wrong.push(`${at}: opened`);
        const unknown = await open(path, { ...cell, of: "unknown" });
        if (unknown.status !== answer.status || plain(await unknown.text()) !== plain(body)) wrong.push(`${at}: ${answer.status}, and ${unknown.status} for an unknown id`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await fingerprint({ reading: true }), "a GET wrote something").toBe(before);
  });
});

function expectedAt(path: string, { role, of }: Cell): "stranger" | Verdict {
  const { may } = pages[path] ?? { may: "open" };
  const { actor } = cast.people[role];
  if (may === "open") return "yes";
  if (!actor) return "stranger";
  return may === "signed in" ? "yes" : typeof may === "function" ? may(actor, cast[of]) : verdict(actor, may, cast[of]);
}

function open(path: string, { role, of }: Cell): Promise<Response> {
  const side = cast[of] as Record<string, string>;
  const query = pages[path]?.query?.(cast[of]);
  const filled = path.replace(/:(\w+)/g, (_match, name: string) => side[name] ?? "a-token-that-nobody-has");
  const { cookie } = cast.people[role];
  return send("GET", filled + (query ? `?${new URLSearchParams(query)}` : ""), cookie ? { headers: { Cookie: cookie } } : {});
}

/** Without ids, which differ, and what hangs on them. */
const plain = (html: string) => html.replace(/\b[a-z]+_[0-9A-Za-z-]{20,}/g, "…").replace(/nonce="[^"]*"/g, "");
