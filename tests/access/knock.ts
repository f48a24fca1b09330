import type { Endpoint } from "#worker/api/endpoint.ts";
import { endpoints } from "#worker/api/index.ts";
import { api } from "#tests/world.ts";
import { ROLES, type Cast, type Role, type Side } from "./cast.ts";
import { verdict } from "./judge.ts";
import { samples } from "./samples.ts";

const SIDES = ["ours", "theirs", "unknown"] as const;
/** One square of the access table: who asks about whose things at which door. */
export type Cell = { role: Role; of: (typeof SIDES)[number] };
export const cells = ROLES.flatMap((role) => SIDES.map((of): Cell => ({ role, of })));

export type Door = { door: Endpoint; name: string };
export const doors: Door[] = endpoints.map((door) => ({ door, name: `${door.method.toUpperCase()} ${door.path}` }));

/** The squares of a door. Whose things makes no difference where the request names none. */
export const cellsOf = (door: Door, cast: Cast) => (idsIn(door, cast.ours).length === 0 ? cells.filter(({ of }) => of === "ours") : cells);

/** What the door's policy and policy.ts say of the cell. */
export function expectedAt({ door, name }: Door, cast: Cast, { role, of }: Cell): "yes" | 401 | 403 | 404 {
  const { actor } = cast.people[role];
  if (door.actor === "anyone") return "yes";
  if (!actor) return 401;
  const { judge } = samples[name] ?? {};
  const said = judge ? judge(actor, cast[of]) : door.policy === "own" || door.policy === "open" ? "yes" : verdict(actor, door.policy, cast[of]);
  return said === "yes" ? "yes" : said === "no" ? 403 : 404;
}

export function knock({ door, name }: Door, cast: Cast, { role, of }: Cell): Promise<Response> {
  const side = cast[of];
  const sample = samples[name] ?? {};
  if (door.body && !sample.body) throw new Error(`${name}: no body in tests/access/samples.ts`);
  const params = paramsOf({ door, name }, side);
  const query = sample.query ? `?${new URLSearchParams(sample.query(side))}` : "";
  return api(door.method.toUpperCase(), door.path.replace(/\{(\w+)\}/g, (_match, param: string) => params[param]!) + query, { token: cast.people[role].token, body: sample.body?.(side), ...(sample.file ? { text: sample.file(side), headers: { "Content-Type": "application/octet-stream" } } : {}) });
}

function paramsOf({ door, name }: Door, side: Side): Record<string, string> {
  const given = samples[name]?.params?.(side) ?? {};
  return Object.fromEntries([...door.path.matchAll(/\{(\w+)\}/g)].map(([, param = ""]) => {
    const id = given[param] ?? (side as Record<string, string>)[param];
    if (!id) throw new Error(`${name}: nothing in tests/access/cast.ts is a {${param}}`);
    return [param, id];
  }));
}

/** The ids of the side that the request names, wherever. */
export function idsIn(door: Door, side: Side): (keyof Side)[] {
  const sample = samples[door.name];
  const said = JSON.stringify([paramsOf(door, side), sample?.query?.(side), sample?.body?.(side)]);
  const seen = new Set<string>();
  return (Object.keys(side) as (keyof Side)[]).filter((key) => said.includes(`"${side[key]}"`) && !seen.has(side[key]) && seen.add(side[key]));
}

export const tripsOf = (answer: Response) => Number(/(\d+) trips/.exec(answer.headers.get("Server-Timing") ?? "")?.[1]);
export const withoutIds = (text: string) => text.replace(/\b[a-z]+_[0-9A-Za-z-]{20,}/g, "…");
