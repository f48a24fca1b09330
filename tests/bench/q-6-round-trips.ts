import { mostTrips } from "#tests/form-trips.ts";
import { openBenchWorld, type BenchWorld } from "./bench-world.ts";
import { atMost, type Figure, type Measure } from "./measure.ts";
import { open, pageOf, pagesOf, type Page } from "./pages.ts";
import { workerBundle } from "./worker-bundle.ts";

const OF_A_PAGE = 2;

export const roundTrips: Measure = {
  id: "q-6",
  title: "Round trips to D1",
  how: "The meter round the binding, as development's Server-Timing tells it; each page as its person opens it, each form posted as it stands there with its own values.",
  async run() {
    const world = await openBenchWorld(await workerBundle(), { environment: "development" });
    try {
      const pages = (await pagesOf(world, "development")).filter((page) => page.status === 200);
      const read: (Figure & { rows: number })[] = [];
      for (const page of pages) {
        const { trips, rows } = meterOf(await open(world, page));
        read.push({ ...atMost(`GET ${page.pattern}, ${rows} rows read`, trips, OF_A_PAGE), rows });
      }
      const figures: Figure[] = read.sort((a, b) => b.rows - a.rows).map(({ rows: _rows, ...figure }) => figure);
      for (const { pattern } of pages.filter((page) => !page.pattern.startsWith("/dev"))) figures.push(...(await postForms(world, pattern)));
      return figures;
    } finally {
      await world.close();
    }
  },
};

type Form = { path: string; act: string; fields: URLSearchParams };

/** Each form of the page once; before each the page is opened anew, for the last act may have settled what it was about. */
async function postForms(world: BenchWorld, pattern: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  const posted = new Set<string>();
  for (;;) {
    const page = await pageOf(world, pattern);
    const form = formsOf(await (await open(world, page)).text(), page).find(({ act }) => !posted.has(act));
    if (!form) return figures;
    posted.add(form.act);
    const headers = { "Cookie": page.cookie, "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
    const answer = await fetch(world.url + form.path, { method: "POST", headers, body: form.fields, redirect: "manual" });
    const name = `POST ${pattern}${form.act}`;
    figures.push(atMost(`${name}, answered ${answer.status}`, meterOf(answer).trips, mostTrips(name)));
  }
}

function meterOf(answer: Response): { trips: number; rows: number } {
  const [, trips, rows] = /(\d+) trips, (\d+) rows/.exec(answer.headers.get("Server-Timing") ?? "") ?? [];
  if (trips === undefined || answer.status >= 500) throw new Error(`${answer.url} answered ${answer.status} without a meter`);
  return { trips: Number(trips), rows: Number(rows) };
}

/** The page's forms that post, filled in as they stand. */
function formsOf(html: string, page: Page): Form[] {
  const forms = [...html.matchAll(/<form\b([^>]*method="post"[^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = "", inner = ""]) => {
    const fields = new URLSearchParams();
    for (const [, tag = "", more = ""] of inner.matchAll(/<(input|button|textarea|select)\b([^>]*)>/g)) {
      const [name, value, type] = ["name", "value", "type"].map((attribute) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(more)?.[1]);
      if (name && !((type === "radio" || type === "checkbox") && !/\bchecked\b/.test(more)) && !(tag === "button" && fields.has(name))) fields.append(name, value ?? SAID[name] ?? "");
    }
    const act = fields.get("act") ?? fields.get("answer") ?? fields.get("with");
    const path = (/\baction="([^"]*)"/.exec(attributes)?.[1] ?? page.path).replace(/&amp;/g, "&");
    return { path, act: `${path === page.path ? "" : ` to ${path.replace(/\w+_\w{26}/g, ":id")}`}${act ? ` (${act})` : ""}`, fields };
  });
  return forms;
}

/** What people type where a form starts empty. */
const SAID: Record<string, string> = { reason: "Not this week", name: "Asha Otieno", email: "asha.otieno@demo.kinboard.test", password: "kinboard-demo", identifier: "guardian@demo.kinboard.test", username: "asha", pin: "2580", code: "123456", price: "100", weeklyLimit: "3000" };
