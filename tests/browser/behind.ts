import { globSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { inject } from "vitest";
import { origin } from "./browser.ts";

/** Rows of the running app's database: for what no screen and no endpoint shows yet. */
export function rows<T>(sql: string, ...values: string[]): T[] {
  return inDatabase(true, (db) => db.prepare(sql).all(...values) as T[]);
}

function inDatabase<T>(readOnly: boolean, act: (db: DatabaseSync) => T): T {
  const [file] = globSync(`${inject("state")}/v3/d1/**/*.sqlite`).filter((found) => !found.endsWith("metadata.sqlite"));
  if (!file) throw new Error("the app has no database");
  const db = new DatabaseSync(file, { readOnly, timeout: 5_000 });
  try {
    return act(db);
  } finally {
    db.close();
  }
}

/** Nobody waits for days: what is known of a lesson's time is put as much earlier. */
export function letPass(lessonId: string, milliseconds: number): void {
  inDatabase(false, (db) => {
    for (const [table, id, columns] of [["lessons", "id", ["starts_at", "ends_at"]], ["lesson_slots", "lesson_id", ["starts_at", "ends_at"]], ["lesson_outcomes", "lesson_id", ["confirm_until"]]] as const) {
      db.prepare(`UPDATE ${table} SET ${columns.map((column) => `${column} = ${column} - ?`).join(", ")} WHERE ${id} = ?`).run(...columns.map(() => milliseconds), lessonId);
    }
  });
}

/** What the clock rings in production. */
export async function ring(cron: string): Promise<void> {
  const answer = await fetch(`${origin}/__scheduled?cron=${encodeURIComponent(cron)}`);
  if (!answer.ok) throw new Error(await answer.text());
}

/** The vendors' stand-in that the app talks to. */
async function vendors(): Promise<string> {
  const answer = await fetch(`${origin}/dev/vendors`, { redirect: "manual" });
  return new URL(answer.headers.get("Location") ?? "").origin;
}

export async function chooseScenario(scenario: { payment?: string; webhook?: string }): Promise<void> {
  const answer = await fetch(`${await vendors()}/control/scenario`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(scenario) });
  if (!answer.ok) throw new Error(await answer.text());
}

type Delivery = { id: string; type: string; state: string; answer: number | null; customer: string | null };

export async function deliveries(): Promise<Delivery[]> {
  return (await (await fetch(`${await vendors()}/control/deliveries`)).json()) as Delivery[];
}

/** Asks again until the answer holds, at most half a minute: jobs and webhooks take their time. */
export async function until<T>(look: () => Promise<T> | T, holds: (found: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const found = await look();
    if (holds(found) || tries >= 60) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
