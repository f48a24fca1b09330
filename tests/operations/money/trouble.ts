import { ProviderUnreachable, type PaymentProvider } from "#app/domain/payments/payment-provider.ts";
import { openDb } from "#db/client.ts";
import type { TestContext } from "#tests/world.ts";
import type { Trouble } from "./acts.ts";

class LostConnection extends Error {
  override name = "LostConnection";
}

/** A context whose calls to the outside are counted, one of which fails: before it was done, or after, so that nobody knows. */
export function inTrouble(ctx: TestContext, d1: D1Database, trouble: Trouble | null): { ctx: TestContext; struck(): boolean } {
  if (!trouble) return { ctx, struck: () => false };
  let calls = 0;
  let struck = false;
  const gate = async <T>(call: () => Promise<T>, lost: () => Error): Promise<T> => {
    if (struck && trouble.isolateDies) throw new LostConnection("this isolate is dead");
    if (++calls !== trouble.call) return call();
    struck = true;
    if (trouble.strikes === "after") await call().catch(() => undefined);
    throw lost();
  };
  const lostD1 = () => new LostConnection("D1_ERROR: Network connection lost.");
  const lostProvider = () => new ProviderUnreachable("no answer");
  const payments = new Proxy(ctx.payments, {
    get: (target, key: keyof PaymentProvider) => key === "readWebhook" ? target.readWebhook : (...args: never[]) => gate(() => (target[key] as (...given: never[]) => Promise<unknown>)(...args), lostProvider),
  });
  return { ctx: { ...ctx, db: openDb(gated(d1, (call) => gate(call, lostD1)), () => undefined), payments }, struck: () => struck };
}

type Gate = <T>(call: () => Promise<T>) => Promise<T>;
const RUNS = new Set<PropertyKey>(["run", "all", "first", "raw"]);

function gated(d1: D1Database, gate: Gate): D1Database {
  const bare = new WeakMap<object, D1PreparedStatement>();
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get(target, key) {
        const member = Reflect.get(target, key) as (...args: unknown[]) => unknown;
        if (key === "bind") return (...values: unknown[]) => wrap(target.bind(...values));
        return RUNS.has(key) ? (...args: unknown[]) => gate(() => member.apply(target, args) as Promise<unknown>) : member;
      },
    });
    bare.set(wrapped, statement);
    return wrapped;
  };
  return new Proxy(d1, {
    get(target, key) {
      if (key === "prepare") return (query: string) => wrap(target.prepare(query));
      if (key === "batch") return (statements: D1PreparedStatement[]) => gate(() => target.batch(statements.map((statement) => bare.get(statement) ?? statement)));
      return Reflect.get(target, key) as unknown;
    },
  });
}
