import { run } from "#scripts/process.ts";
import type { Measure } from "./measure.ts";

const ON_ITS_OWN = 1_000;

/** `npm run bench -- q-9 1000000` tells more stories than anybody would wait for in `npm test`. */
export const moneyModel: Measure = {
  id: "q-9",
  title: "Money under chance, failures and four guardians at once",
  how: `tests/operations/money-model.test.ts with other stories than in \`npm test\`: ${ON_ITS_OWN.toLocaleString("en")} acts, or as many as asked for.`,
  async run([asked = String(ON_ITS_OWN)]) {
    const seed = Date.now() % 1_000_000;
    const what = `${Number(asked).toLocaleString("en")} acts, seed ${seed}`;
    const env = { ...process.env, MONEY_OPERATIONS: asked, MONEY_SEED: String(seed) };
    const failed = await run("vitest", ["run", "--project", "workerd", "tests/operations/money-model.test.ts"], { quiet: true, env }).then(() => null, (error: Error) => error.message);
    if (failed) console.error(failed);
    return [{ what, target: "no rule broken", figure: failed ? "broken" : "none broken", good: failed === null }];
  },
};
