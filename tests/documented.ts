import { env } from "cloudflare:workers";
import { Validator } from "@cfworker/json-schema";
import { expect } from "vitest";

const { ASSETS } = env as unknown as { ASSETS: Fetcher };
/** The document as it is served: a file, for which the Worker is not asked. `docs` is the page of it. */
export const openApiFile = (name = "openapi.json") => ASSETS.fetch(`http://localhost/api/v1/${name}`);

type Operation = { operationId: string; responses: Record<string, { content?: Record<string, { schema: object }> }> };
const document: { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } } = await (await openApiFile()).json();

const doors = Object.entries(document.paths).map(([path, operations]) => ({ pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`), path, operations }))
  // A fixed word wins over a parameter: `/notifications/counts` is no notification.
  .sort((a, b) => a.path.split("{").length - b.path.split("{").length);

const validators = new Map<object, Validator>();
function validatorOf(schema: object): Validator {
  let known = validators.get(schema);
  if (!known) {
    const whole = JSON.parse(JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll("#/components/schemas/", "#/$defs/")) as object;
    validators.set(schema, (known = new Validator(whole, "2020-12", false)));
  }
  return known;
}

/** Holds an answer of the API against the OpenAPI document: its status is foreseen, its type and every field are as described. */
export async function expectDocumented(method: string, path: string, answer: Response): Promise<void> {
  const [pathname = ""] = path.split("?");
  const operation = doors.find((door) => door.pattern.test(pathname) && door.operations[method.toLowerCase()])?.operations[method.toLowerCase()];
  const asked = `${method} ${pathname}`;
  if (!operation) {
    expect(answer.status, `${asked} is not in the OpenAPI document`).toBe(404);
    return;
  }
  const foreseen = operation.responses[answer.status];
  expect(foreseen, `${asked} answered ${answer.status}, which its documentation does not foresee: ${foreseen ? "" : await answer.clone().text()}`).toBeDefined();
  const type = answer.headers.get("Content-Type")?.split(";")[0] ?? null;
  const media = Object.entries(foreseen!.content ?? {});
  if (media.length === 0) {
    expect(await answer.clone().text(), `${asked} answered ${answer.status} with a body`).toBe("");
    return;
  }
  expect(media.map(([known]) => known), `${asked} answered ${answer.status} as ${type}`).toContain(type);
  if (!/json$/.test(type ?? "")) return;
  const body: unknown = await answer.clone().json();
  const { errors } = validatorOf(media.find(([known]) => known === type)![1].schema).validate(body);
  expect(errors.map((error) => `${error.instanceLocation} ${error.error}`), `${asked} answered ${answer.status}: ${JSON.stringify(body)}`).toEqual([]);
}
