import { mkdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import { SCOPES } from "#app/domain/identity/scopes.ts";
import type { Endpoint } from "#worker/api/endpoint.ts";
import { scopeOf } from "#worker/api/scope.ts";
import { endpoints } from "#worker/api/index.ts";
import { apiPage } from "./api-page.ts";

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
}).loose().meta({ id: "Problem" });

/** How a token for programs opens the door, if it does: with which scope. */
function personal(door: Endpoint): Json[] {
  const scope = scopeOf(door);
  return scope === null ? [] : [{ personalToken: [scope] }];
}

type Json = Record<string, unknown>;

/** Among the static files, where the API tells of it: it changes only with the code, and no Worker need carry what writes it, nor all doors. */
export function writeOpenApi(): void {
  mkdirSync("build/client/api/v1", { recursive: true });
  writeFileSync("build/client/api/v1/openapi.json", JSON.stringify(openApiDocument()));
  writeFileSync("build/client/api/v1/docs.html", apiPage(endpoints));
}

/** OpenAPI 3.1, written from the schemas that validate. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  const components: Record<string, Json> = {};
  const schema = (shape: z.ZodType, io: "input" | "output"): Json => {
    const { $defs, $schema: _, ...json } = z.toJSONSchema(shape, { io, unrepresentable: "any", target: "draft-2020-12" }) as Json & { $defs?: Record<string, Json> };
    const rename = (text: string) => text.replace(/"#\/\$defs\/([^"]+)"/g, (_match, name: string) => `"#/components/schemas/${name}"`);
    for (const [name, definition] of Object.entries($defs ?? {})) components[name] = strip(JSON.parse(rename(JSON.stringify(definition))) as Json);
    const id = json.id as string | undefined;
    const body = strip(JSON.parse(rename(JSON.stringify(json))) as Json);
    if (!id) return body;
    components[id] = body;
    return { $ref: `#/components/schemas/${id}` };
  };
  schema(Problem, "output");
  const problemAnswer = (description: string) => ({ description, content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } });
  for (const door of endpoints) {
    const parameters = [
      ...parametersOf(door.params, "path", schema),
      ...parametersOf(door.query, "query", schema),
      ...(door.method === "post" ? [{ name: "Idempotency-Key", in: "header", required: false, schema: { type: "string" } }] : []),
    ];
    const responses: Json = {};
    for (const [status, shape] of Object.entries(door.answers)) {
      responses[status] = shape ? { description: "Done", content: { "application/json": { schema: schema(shape, "output") } } } : { description: "Done" };
    }
    if (door.file) Object.assign(responses, { 200: { description: "Done", content: Object.fromEntries([door.file].flat().map((type) => [type, { schema: {} }])) }, 304: { description: "As the caller holds it" } });
    const refused: Record<number, string> = { 400: "Invalid input", ...(door.actor === "required" ? { 401: "Not signed in", 403: "Not allowed", 404: "Not found" } : { 401: "Refused" }) };
    for (const status of new Set([...(door.refusals ?? []), ...(door.body || door.upload ? [413, 415] as const : [])])) refused[status] = { 404: "Not found", 409: "Conflict with the current state", 413: "Too large", 415: "Unsupported media type", 429: "Too many attempts" }[status];
    for (const [status, description] of Object.entries(refused)) responses[status] = problemAnswer(description);
    (paths[door.path] ??= {})[door.method] = {
      operationId: `${door.method}${door.path.replace(/[{}]/g, "").replace(/(?:^|[/.-])(\w)/g, (_match, letter: string) => letter.toUpperCase())}`,
      summary: door.summary,
      tags: [door.tag],
      ...(door.actor === "required" ? { security: [{ bearer: [] }, { session: [] }, ...personal(door)] } : { security: [] }),
      ...(parameters.length ? { parameters } : {}),
      ...(door.body ? { requestBody: { required: true, content: { "application/json": { schema: schema(door.body, "input") } } } } : {}),
      ...(door.upload ? { requestBody: { required: true, content: Object.fromEntries(door.upload.map((type) => [type, { schema: {} }])) } } : {}),
      responses,
    };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Kinboard", version: "1", description: "The family side of learning." },
    servers: [{ url: "/api/v1" }],
    tags: [...new Set(endpoints.map((door) => door.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: { bearer: { type: "http", scheme: "bearer" }, personalToken: { type: "http", scheme: "bearer", description: `Made on /settings/security/tokens, with some of the scopes ${SCOPES.join(", ")}` }, session: { type: "apiKey", in: "cookie", name: "__Host-kinboard" } },
    },
  };
}

function strip({ id: _id, $schema: _schema, ...rest }: Json): Json {
  return rest;
}

function parametersOf(shape: z.ZodType | undefined, where: "path" | "query", schema: (shape: z.ZodType, io: "input") => Json): Json[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schema(shape, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({ name, in: where, required: where === "path" || required.includes(name), schema: property }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) writeOpenApi();
