import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";

/** The parts of Stripe's API that `worker/providers/payments` calls. */
const KEPT = ["Customers", "PaymentIntents", "PaymentMethods", "SetupIntents", "Refunds", "Checkout/index"];
const FRONT = /stripe[\\/]esm[\\/]stripe\.[\w.]+\.js$/;

/**
 * Stripe's library names all of its 200 resources in its front, so no bundler can leave one out. Here the others become empty
 * classes: 255 KB become 90. A call to one that was left out fails at once; then add it above.
 */
const keepWhatIsCalled: Plugin = {
  name: "keep-what-is-called",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/resources(\.js$|\/)/ }, ({ path, importer }) => {
      if (!FRONT.test(importer) || KEPT.some((name) => path === `./resources/${name}.js`)) return undefined;
      return { path: join(dirname(importer), path), namespace: "left-out" };
    });
    onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => {
      // The front asks the list of all resources for this one alone.
      const names = path.endsWith("resources.js") ? ["OAuthResource"] : [...readFileSync(path, "utf8").matchAll(/export (?:class|const|function) (\w+)/g)].map((match) => match[1]!);
      return { contents: names.map((name) => `export class ${name} {}`).join("\n") };
    });
  },
};

/** Writes `build/stripe.js`, which wrangler takes for `stripe` (see `[alias]` in wrangler.toml). */
export async function buildStripe(): Promise<void> {
  const outfile = "build/stripe.js";
  await build({ entryPoints: ["stripe"], bundle: true, format: "esm", platform: "neutral", conditions: ["workerd", "worker"], mainFields: ["module", "main"], outfile, logLevel: "error", plugins: [keepWhatIsCalled] });
  // A name that no longer finds its export becomes `void 0`, and would throw when it is called.
  if (readFileSync(outfile, "utf8").includes("new (void 0)(")) throw new Error("stripe: a name that its front calls is left out; see scripts/build-stripe.ts");
}
