import { Validator as OpenApiValidator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { endpoints } from "#worker/api/index.ts";
import { openApiDocument } from "#scripts/openapi.ts";

type Schema = { type?: string; properties?: Record<string, Schema>; required?: string[]; items?: Schema; $ref?: string; enum?: unknown[] };
type Content = Record<string, { schema: Schema }>;
type Operation = {
  operationId: string; summary: string; tags: string[]; security: object[]; requestBody?: { content: Content };
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[]; responses: Record<string, { description: string; content?: Content }>;
};
const document = openApiDocument() as { paths: Record<string, Record<string, Operation>>; tags: { name: string }[]; components: { schemas: Record<string, Schema> } };
const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, method, operation })));
const resolve = (schema: Schema): Schema => (schema.$ref ? document.components.schemas[schema.$ref.split("/").at(-1)!]! : schema);

test("the document is valid OpenAPI 3.1", async () => {
  const validator = new OpenApiValidator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("every schema compiles, and every reference in the document leads somewhere", () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: "document" });
  for (const reference of JSON.stringify(document).matchAll(/"\$ref":"(#[^"]+)"/g)) expect(ajv.getSchema(`document${reference[1]}`), reference[1]).toBeDefined();
});

test("no operation is described twice, and each endpoint is described", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  expect(operations).toHaveLength(endpoints.length);
});

describe.each(operations)("$name", ({ path, method, operation }) => {
  test("says in words what it does, under a tag that is declared", () => {
    expect(operation.summary).toMatch(/^[A-Z][^.]{3,110}$/);
    expect(document.tags.map((tag) => tag.name)).toEqual(expect.arrayContaining(operation.tags));
    expect(operation.operationId).toMatch(/^(get|post|put|patch|delete)[A-Z0-9]\w+$/);
  });

  test("names its parameters as they stand in the path", () => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect((operation.parameters ?? []).filter((parameter) => parameter.in === "path").map((parameter) => parameter.name).sort()).toEqual(inPath.sort());
    expect(path).toMatch(/^(\/([a-z0-9]+(-[a-z0-9]+)*|\{[a-z]\w*\}))+(\.[a-z]+)?$/);
  });

  test("answers as the conventions say: create 201, delete 204, lists in pages, problems as problem documents", () => {
    const statuses = Object.keys(operation.responses);
    expect(statuses.filter((status) => status.startsWith("2"))).toHaveLength(1);
    if (method === "delete") expect(operation.responses[204]?.content).toBeUndefined();
    if (method === "get" || method === "delete") expect(operation.requestBody).toBeUndefined();
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      expect(description).not.toBe("");
      if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(["application/problem+json"]);
    }
    expect(statuses).toEqual(expect.arrayContaining(operation.security.length ? ["400", "401", "403", "404"] : ["400"]));
    const properties = resolve(operation.responses[200]?.content?.["application/json"]?.schema ?? {}).properties;
    if (properties?.items) expect(properties.nextCursor).toBeDefined();
  });

  test("is in camelCase, whole and by name", () => {
    const seen = new Set<Schema>();
    const names: string[] = [];
    const walk = (given: Schema): void => {
      const schema = resolve(given);
      if (seen.has(schema)) return;
      seen.add(schema);
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        names.push(name);
        walk(property);
      }
      if (schema.items) walk(schema.items);
    };
    for (const content of [operation.requestBody?.content, ...Object.values(operation.responses).map((response) => response.content)]) for (const { schema } of Object.values(content ?? {})) walk(schema);
    for (const parameter of operation.parameters ?? []) if (parameter.in !== "header") names.push(parameter.name);
    expect(names.filter((name) => !/^[a-z][a-zA-Z0-9]*$/.test(name))).toEqual([]);
  });
});

test("BUD/PUR/PAY: the doors of the main job stand where the issue puts them", () => {
  expect(operations.map(({ name }) => name.replace(/\{\w+\}/g, "{}"))).toEqual(expect.arrayContaining([
    "POST /auth/tokens", "GET /me", "POST /auth/step-up", "GET /children", "POST /budget-controls", "PATCH /budget-controls/{}", "GET /children/{}/budget", "GET /plans",
    "POST /students/{}/purchase-requests", "GET /purchase-requests", "GET /purchase-requests/{}", "POST /purchase-requests/{}/approval", "POST /purchase-requests/{}/denial",
    "POST /purchase-requests/{}/renewal", "POST /purchase-requests/{}/cancellation", "PUT /children/{}/decision-policy", "GET /students/{}/account", "GET /admin/ledger/verification",
  ]));
});
