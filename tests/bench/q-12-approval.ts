import { openBenchWorld, type BenchWorld } from "./bench-world.ts";
import { costRatio } from "./cpu.ts";
import { atMost, ratio, type Measure } from "./measure.ts";
import { workerBundle } from "./worker-bundle.ts";

const REQUESTS = 100;
/** Five pairs, and half as many to warm up, of each side. */
const WAITING = REQUESTS * 5.5;

export const approval: Measure = {
  id: "q-12",
  title: "Approving against a bare conditional UPDATE",
  how: "CPU of workerd for a posted approval (who asks, rules, standings, decision, reservation, payment, audit, outbox) divided by that of a bare Hono route in the same workerd that runs one UPDATE … WHERE status = 'pending'; A B A B, median of five.",
  async run() {
    const world = await openBenchWorld(await workerBundle());
    try {
      const cookie = await world.cookieOf("guardian");
      const [mine, bare] = [await askMany(world, "mine"), await askMany(world, "bare")];
      const [nextMine, nextBare] = [mine.values(), bare.values()];
      const headers = { "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
      const approve = () => fetch(`${world.url}/approvals/${nextMine.next().value}`, { method: "POST", headers, body: "act=approve", redirect: "manual" });
      const decide = () => fetch(`${world.url}/bench/decide?id=${nextBare.next().value}`, { method: "POST" });
      const cost = await costRatio({ pid: world.pid, request: approve }, { pid: world.pid, request: decide }, REQUESTS);
      const left = await world.db.prepare("SELECT count(*) AS n FROM purchase_requests WHERE id LIKE 'req_bench_%' AND status = 'pending'").first<{ n: number }>();
      if (left!.n !== 0) throw new Error(`${left!.n} requests were not decided`);
      return [atMost(`approving (${cost.a.toFixed(2)} ms against ${cost.b.toFixed(2)} ms here)`, cost.ratio, 1.3, ratio)];
    } finally {
      await world.close();
    }
  },
};

/** Requests that one guardian may approve and that no limit refuses: copies of one that waits, at a small price. */
async function askMany(world: BenchWorld, name: string): Promise<string[]> {
  const ids = Array.from({ length: WAITING }, (_, nth) => `req_bench_${name}_${String(nth).padStart(6, "0")}`);
  await world.db.prepare(`INSERT INTO purchase_requests (id, student_id, family_id, school_id, plan_id, requested_by, plan_name, amount, currency, minutes, message, band, status, revision, created_at, expires_at, remind_at)
    SELECT j.value, r.student_id, r.family_id, r.school_id, r.plan_id, r.requested_by, r.plan_name, 1, r.currency, r.minutes, r.message, r.band, 'pending', 1, r.created_at, r.expires_at, r.remind_at
    FROM (SELECT * FROM purchase_requests WHERE status = 'pending' AND student_id = (SELECT id FROM users WHERE username = 'grade3') LIMIT 1) r, json_each(?) j`).bind(JSON.stringify(ids)).run();
  return ids;
}
