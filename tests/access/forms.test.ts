import { afterAll, beforeAll, expect, test } from "vitest";
import { mostTrips } from "#tests/form-trips.ts";
import { send } from "#tests/world.ts";
import { makeCastAtRest, ROLES, type Cast, type Role, type Side } from "./cast.ts";
import { fingerprint } from "./fingerprint.ts";
import { formsOf, type Form } from "./forms.ts";
import { tripsOf, withoutIds } from "./knock.ts";
import { pages } from "./pages.ts";

/**
 * Q-13 for forms. What pages offer is the oracle: each form that any page offers to anybody is sent by everybody to whom no page
 * offers it, and with the ids of another family and of nobody. None of it may write, or tell the foreign from the unknown.
 */
type Offer = { form: Form; to: Set<Role> };
const offers = new Map<string, Offer>();
/** Which pages showed themselves to whom. */
const opened = new Set<string>();
let cast: Cast;
let tried = 0;

/** Acts that a page offers to some, and that these others may do all the same. */
const MAY_TOO: { form: RegExp; who: Role[]; because: string }[] = [
  { form: /^\/messages\/.*act=send/, who: ["child", "teacher"], because: "each has the same form on the same page, with a message's id of its own" },
  { form: /^\/messages\/announcements clientId/, who: ["school admin", "school owner"], because: "both run the school and have the same form, with a message's id of its own" },
  { form: /^\/support\/tickets\/.*act=reply/, who: ["guardian", "school admin", "school owner", "school staff"], because: "who asked and who answers have the same form, with a message's id of its own" },
  { form: /^\/admin\/school .*act=leave/, who: ["school staff", "teacher", "tutor", "other school's teacher"], because: "every adult may leave a school, though the page is the administration's" },
  { form: /^\/(approvals|requests)\/.*act=(ask-again|take-back)/, who: ["guardian", "co-guardian", "viewer", "child", "other guardian", "other child"], because: "the child and its guardians have a page each for the same act" },
];
const mayToo = (form: Form, role: Role) => MAY_TOO.some((exception) => exception.form.test(form.fixed) && exception.who.includes(role));

beforeAll(async () => {
  cast = await makeCastAtRest();
  for (const role of ROLES) {
    for (const form of await formsFor(role)) {
      const known = offers.get(form.fixed) ?? { form, to: new Set() };
      offers.set(form.fixed, known);
      known.to.add(role);
    }
  }
}, 120_000);
afterAll(() => console.info(`access table, forms: ${tried} cells refused, of ${offers.size} forms`));

test("Q-13: a form does nothing for those to whom no page offers it, nor with the ids of others", { timeout: 240_000 }, async () => {
  const wrong: string[] = [];
  let before = await fingerprint({ reading: true });
  for (const offer of sampled()) {
    await complete(offer);
    const cells = cellsFor(offer);
    const answers = new Map<string, string>();
    const writers: string[] = [];
    for (const { name, role, sent } of cells) {
      tried++;
      const answer = await post(sent, role);
      answers.set(name, `${answer.status} ${withoutIds(await answer.text())}`);
      if (answer.status >= 500) wrong.push(`${offer.form.fixed}: ${name}: ${answer.status}`);
      if (role === "anonymous" && answer.status < 300) wrong.push(`${offer.form.fixed}: ${name}: ${answer.status}`);
    }
    if ((await fingerprint({ reading: true })) !== before) writers.push(...(await whoWrites(cells)));
    before = await fingerprint({ reading: true });
    if (writers.length > 0) wrong.push(`${offer.form.fixed}, offered to ${[...offer.to].join(", ")}: written by ${writers.join("; ")}`);
    for (const role of offer.to) if (answers.has(`${role}, theirs`) && answers.get(`${role}, theirs`) !== answers.get(`${role}, unknown`)) wrong.push(`${offer.form.fixed}: ${role} can tell the foreign from the unknown`);
  }
  expect(wrong).toEqual([]);
});

type Cell = { name: string; role: Role; sent: Form };

function cellsFor({ form, to }: Offer): Cell[] {
  const [theirs, unknown] = [swapped(form, cast.theirs), swapped(form, cast.unknown)];
  const namesSomebody = form.fixed !== withoutIds(form.fixed) || theirs.path !== form.path;
  // A form that names nothing acts on who sends it: whoever may open its page may send it.
  const shut = ROLES.filter((role) => !to.has(role) && !mayToo(form, role) && (namesSomebody || !opened.has(`${role} ${form.path.split("?")[0]}`)));
  return [
    ...shut.map((role) => ({ name: `${role}, ours`, role, sent: form })),
    ...ROLES.filter((role) => !role.startsWith("other")).map((role) => ({ name: `${role}, theirs`, role, sent: theirs })),
    ...[...to].map((role) => ({ name: `${role}, unknown`, role, sent: unknown })),
  ].filter(({ name, sent }) => name.endsWith("ours") || JSON.stringify(sent) !== JSON.stringify(form));
}

/** Of forms that differ in their ids alone, the first; none of those that are open to all. (Remix sets a timer for each page, and an isolate holds ten thousand.) */
function sampled(): Offer[] {
  const alike = Map.groupBy([...offers.values()].filter(({ to }) => !to.has("anonymous")), ({ form }) => withoutIds(form.fixed));
  return [...alike.values()].flatMap((offer) => offer.slice(0, 1));
}

async function whoWrites(cells: Cell[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name, role, sent } of cells) {
    const before = await fingerprint({ reading: true });
    const { status } = await post(sent, role);
    if ((await fingerprint({ reading: true })) !== before) found.push(`${name} (${status})`);
  }
  return found.length > 0 ? found : ["one of them, once"];
}

function swapped(form: Form, side: Side): Form {
  let text = JSON.stringify(form);
  for (const name of Object.keys(cast.ours) as (keyof Side)[]) text = text.replaceAll(cast.ours[name], side[name]);
  return JSON.parse(text) as Form;
}

function post({ path, sent, fields }: Form, role: Role): Promise<Response> {
  const { cookie } = cast.people[role];
  const headers = { ...(cookie ? { Cookie: cookie } : {}), "Sec-Fetch-Site": "same-origin", "Content-Type": sent === "text" ? "application/x-www-form-urlencoded" : "multipart/form-data; boundary=part" };
  const parts = fields.map(([name, value]) => `--part\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  return send("POST", path, { headers, text: sent === "text" ? new URLSearchParams(fields).toString() : `${parts.join("")}--part--\r\n` });
}

const pagesSeen = new Map<string, Promise<Set<string>>>();

/** A page may offer it to somebody whom no link leads there. */
async function complete({ form, to }: Offer): Promise<void> {
  for (const role of ROLES.filter((each) => each !== "anonymous" && !to.has(each))) {
    const key = `${role} ${form.at}`;
    const seen = pagesSeen.get(key) ?? open(form.at, role).then(async (answer) => new Set((await formsOf(answer, form.at)).map(({ fixed }) => fixed)));
    pagesSeen.set(key, seen);
    if ((await seen).has(form.fixed)) to.add(role);
  }
}

function open(path: string, role: Role): Promise<Response> {
  const { cookie } = cast.people[role];
  return send("GET", path, cookie ? { headers: { Cookie: cookie } } : {});
}

/** From every page of the table, and from those to which they link: of links that differ in their ids alone, the first two. */
async function formsFor(role: Role): Promise<Form[]> {
  const seen = new Set<string>();
  const waiting = Object.entries(pages).filter(([path]) => !path.startsWith("/dev/")).map(([path, { query }]) => {
    const filled = path.replace(/:(\w+)/g, (_match, name: string) => (cast.ours as Record<string, string>)[name] ?? "nothing");
    return filled + (query ? `?${new URLSearchParams(query(cast.ours))}` : "");
  });
  const shapes = new Map<string, Set<string>>();
  const found: Form[] = [];
  for (let path = waiting.shift(); path !== undefined && seen.size < 300; path = waiting.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await open(path, role);
    if (answer.status !== 200) continue;
    opened.add(`${role} ${path.split("?")[0]}`);
    const html = await answer.text();
    found.push(...(await formsOf(new Response(html), path)));
    for (const [, link = ""] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) {
      const { origin, pathname, search } = new URL(link.replaceAll("&amp;", "&"), `http://localhost${path}`);
      if (origin !== "http://localhost" || /^\/(dev|api)\//.test(pathname)) continue;
      const shape = withoutIds(pathname + search);
      const alike = shapes.get(shape) ?? shapes.set(shape, new Set()).get(shape)!;
      if (alike.size < 2) waiting.push(pathname + search);
      alike.add(pathname + search);
    }
  }
  return found;
}

/** What nobody can fill in here. */
const UNFILLABLE: { form: RegExp; because: string }[] = [
  { form: /act=(keep-picture|add-passkey|vouch|change-password|push-on)|^\/(admin\/import|step-up)|\/erase$/, because: "a file, a signature, a code, a password of one's own, a name repeated, what a script fills in" },
];

test("Q-13: whoever is offered a form may send it, so that the refusals above were not of its fields; Q-6: in few round trips", { timeout: 120_000 }, async () => {
  const wrong: string[] = [];
  const endsMuch = ({ form }: Offer) => /sign-out|\/pin|=(begin|leave|delete|remove|end|deactivate)/.test(form.fixed);
  for (const { form, to } of sampled().sort((a, b) => Number(endsMuch(a)) - Number(endsMuch(b)))) {
    if (UNFILLABLE.some((exception) => exception.form.test(form.fixed))) continue;
    const answer = await post(form, [...to][0]!);
    if (tripsOf(answer) > mostTrips(form.fixed)) wrong.push(`${form.fixed}: ${tripsOf(answer)} round trips, answered ${answer.status}`);
    const toSignIn = answer.headers.get("Location")?.startsWith("/sign-in") && !endsMuch({ form, to });
    if (toSignIn || [400, 401, 413, 415].includes(answer.status) || answer.status >= 500) wrong.push(`${form.fixed}: ${answer.status} ${JSON.stringify(form.fields)} ${/role="alert".{0,300}/s.exec(await answer.text())?.[0].replace(/<[^>]*>/g, " ")}`);
  }
  expect(wrong).toEqual([]);
});
