import type { Context } from "hono";
import * as z from "zod";
import type { AppContext } from "#app/context.ts";
import type { Actor } from "#app/domain/actor.ts";
import { DomainError } from "#app/domain/errors.ts";
import type { Action } from "#app/domain/policy.ts";
import { problemFor } from "#app/http/respond.ts";
import { requireActor } from "#app/http/require-actor.ts";
import { issuesOf } from "#app/http/issues.ts";
import { requireScope } from "./scope.ts";
import type { KinboardHono } from "../http/types.ts";

type Shape = z.ZodType;
type Parsed<S> = S extends Shape ? z.output<S> : undefined;
type Answer = { status: 200 | 201 | 202; body: unknown; headers?: Record<string, string> } | { status: 204 | 304; headers?: Record<string, string> } | { status: 200; file: ReadableStream<Uint8Array>; headers: Record<string, string> };

/**
 * One door of the API. From it come the route, the validation, the OpenAPI entry and the row in the access table,
 * so none of the four can say other than the rest.
 */
export type Endpoint<P extends Shape | undefined = Shape | undefined, Q extends Shape | undefined = Shape | undefined, B extends Shape | undefined = Shape | undefined> = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Below `/api/v1`, parameters in braces: `/children/{childId}/budget`. */
  path: string;
  summary: string;
  tag: string;
  /** Who may knock: anybody, or a signed-in person whom the domain then judges by `policy`. */
  actor: "anyone" | "required";
  /** Open also to who has yet to choose an own password. */
  toOwnPassword?: true;
  /** The rule in `policy.ts` that the operation asks, and about whom; `own` where only the caller's own things are reached. */
  policy: Action | "own" | "open";
  params?: P;
  query?: Q;
  body?: B;
  /** Media types of a file that is sent in place of JSON; the operation judges its bytes. */
  upload?: string[];
  /** Media type, or types, of a file that is answered in place of JSON, with 304 for who holds it already. */
  file?: string | string[];
  /** Success: status -> schema, null for no body. */
  answers: Partial<Record<200 | 201 | 202 | 204, Shape | null>>;
  /** Codes it refuses with beside 400 and 401, and 403 and 404 where one must be signed in. */
  refusals?: (404 | 409 | 413 | 415 | 429)[];
  handle(asked: { ctx: AppContext; actor: Actor; params: Parsed<P>; query: Parsed<Q>; body: Parsed<B>; idempotencyKey: string | null; request: Request }): Promise<Answer>;
};

export function endpoint<P extends Shape | undefined = undefined, Q extends Shape | undefined = undefined, B extends Shape | undefined = undefined>(definition: Endpoint<P, Q, B>): Endpoint {
  return definition as unknown as Endpoint;
}

/** Cursor paging, the same everywhere. */
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(100).optional(),
});
export const pageOf = <S extends Shape>(item: S) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

function check<S extends Shape>(schema: S | undefined, value: unknown): z.output<S> | undefined {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw new DomainError("invalid_input", "invalid_input", { fields: issuesOf(result.error) });
  return result.data;
}

async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers.get("Content-Type") ?? "")) {
    const text = await request.text();
    if (text === "") return {};
    throw new DomainError("unsupported_media_type");
  }
  try {
    return await request.json();
  } catch {
    throw new DomainError("invalid_input", "not_json");
  }
}

export function serve(definition: Endpoint) {
  return async (c: Context<KinboardHono>): Promise<Response> => {
    const ctx = c.get("ctx");
    try {
      const actor = definition.actor === "required" ? await requireActor(ctx, { toOwnPassword: definition.toOwnPassword ?? false }) : (undefined as unknown as Actor);
      if (definition.actor === "required") requireScope(actor, definition);
      const idempotencyKey = c.req.header("Idempotency-Key") ?? null;
      if (idempotencyKey !== null && !/^[\x21-\x7e]{1,200}$/.test(idempotencyKey)) throw new DomainError("invalid_input", "idempotency_key_unusable");
      const answer = await definition.handle({
        ctx,
        actor,
        params: check(definition.params, c.req.param()) as never,
        query: check(definition.query, c.req.query()) as never,
        body: (definition.body ? check(definition.body, await readJson(c.req.raw)) : undefined) as never,
        idempotencyKey,
        request: c.req.raw,
      });
      if ("file" in answer) return new Response(answer.file, { headers: answer.headers });
      if (!("body" in answer)) return new Response(null, { status: answer.status, headers: answer.headers });
      return Response.json(answer.body, { status: answer.status, headers: answer.headers });
    } catch (error) {
      if (error instanceof DomainError) {
        if (error.restrictedFrom !== undefined) c.set("restrictedFrom", [error.restrictedFrom]);
        return problemFor(error);
      }
      throw error;
    }
  };
}
