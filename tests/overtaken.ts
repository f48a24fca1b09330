import type { TestContext } from "./world.ts";

/** A context in which something else happens between the last of so many looks and the write that rests on it. A look is a batch; what is read alone counts for none. */
export function overtakenBy(ctx: TestContext, event: () => Promise<unknown>, looks = 1): TestContext {
  let batches = 0;
  const db = new Proxy(ctx.db, {
    get(target, key) {
      const member = Reflect.get(target, key) as unknown;
      if (key !== "batch") return typeof member === "function" ? member.bind(target) : member;
      return async (...args: Parameters<typeof target.batch>) => {
        if (batches++ === looks) await event();
        return target.batch(...args);
      };
    },
  });
  return { ...ctx, db };
}
