import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build, transformSync, type Plugin } from "esbuild";

/** What of each library goes into the Worker: `build/libraries/…`, which wrangler and the tests take for it (see `[alias]` in wrangler.toml, and docs/decisions/001). */
const LIBRARIES = ["@remix-run/cloudflare", "@remix-run/react", "@simplewebauthn/server", "@simplewebauthn/server/helpers", "drizzle-orm", "drizzle-orm/d1", "drizzle-orm/sqlite-core", "otpauth", "stripe", "zod"];

/** Other builds of the same thing: wrangler would choose CommonJS, of which a bundler leaves nothing out. */
const BETTER = {
  "@remix-run/cloudflare": "@remix-run/server-runtime", // but for sessions and cookies of its own, it only passes this one on
  "react-router-dom/server": resolve("node_modules/react-router-dom/server.mjs"),
  "otpauth": resolve("node_modules/otpauth/dist/otpauth.node.mjs"), // its hashes are the runtime's own
  "react-dom": resolve("worker/left-out/react-dom.ts"),
  "@peculiar/asn1-schema": resolve("worker/left-out/asn1.ts"),
  "@peculiar/asn1-ecc": resolve("worker/left-out/asn1.ts"),
};

/** Files whose every export becomes one empty class: called, it throws at once. Then strike its file from here. */
const LEFT_OUT = [
  // Stripe's front names all of its 200 resources; `worker/providers/payments` calls six.
  /stripe\/esm\/resources\.js$/,
  /stripe\/esm\/resources\/(?!(Customers|PaymentIntents|PaymentMethods|SetupIntents|Refunds|Checkout\/(index|Sessions))\.js)/,
  /stripe\/esm\/(Decimal|StripeEventNotificationHandler)\.js$/,
  // Attestation certificates: we ask for none. What then arrives all the same is refused.
  /@simplewebauthn\/server\/esm\/(metadata|services\/(metadataService|defaultRootCerts))/,
  /@simplewebauthn\/server\/esm\/registration\/verifications\/(tpm|verifyAttestation(Android|Apple|FIDO))/,
  /@simplewebauthn\/server\/esm\/helpers\/(validateCertificatePath|isCertRevoked|getCertificateInfo|convertX509PublicKeyToCOSE|convertCertBufferToPEM|validateExtFIDOGenCEAAGUID)/,
  // Drizzle's way of asking for related rows, and the kinds of column that no table has.
  /drizzle-orm\/(relations|sqlite-core\/query-builders\/query|sqlite-core\/columns\/(blob|numeric|real|custom))\.js$/,
  // The document of the API is written by the build.
  /zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/,
];

/** And what is asked all the same, with its one answer. */
const ANSWERED = [
  { file: /drizzle-orm\/pg-core\/columns\/enum\.js$/, contents: "export const isPgEnum = () => false;" },
  // Lists are read a page at a time, and decimals stay text: we read none.
  { file: /stripe\/esm\/autoPagination\.js$/, contents: "export const makeAutoPaginationMethods = () => null;" },
  { file: /stripe\/esm\/V2Coercion\.js$/, contents: "export const coerceV2RequestData = (data) => data, coerceV2ResponseData = coerceV2RequestData;" },
  // What is wrong is told by the issue's code, in the words of our catalogue.
  { file: /zod\/v4\/locales\/en\.js$/, contents: 'export default () => ({ localeError: () => "Invalid input" });' },
];

/** What a page's loaders answered is written out for the browser, which no page but a hydrated one reads: once somebody reads it. A fifteenth of a page's work (November 2026). */
const onDemand = (source: string) => `const onDemand = ({ start }) => new ReadableStream({ pull: start }, { highWaterMark: 0 });\n${source.replace("new ReadableStream({", "onDemand({")}`;

const namesUsed: Plugin = {
  name: "names-used",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path, kind }) => (kind === "entry-point" ? { path, namespace: "names-used" } : undefined));
    onLoad({ filter: /.*/, namespace: "names-used" }, ({ path }) => ({ contents: `export { ${namesFrom(path).join(", ")} } from ${JSON.stringify(path)};`, resolveDir: "." }));
  },
};

const leftOut: Plugin = {
  name: "left-out",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /turbo-stream\.mjs$/ }, ({ path }) => ({ contents: onDemand(readFileSync(path, "utf8")) }));
    onLoad({ filter: /node_modules.*\.js$/ }, ({ path }) => {
      const answered = ANSWERED.find(({ file }) => file.test(path));
      if (answered) return { contents: answered.contents };
      if (!LEFT_OUT.some((file) => file.test(path))) return undefined;
      return { contents: `export { ${exportsOf(path).map((name) => `LeftOut as ${name}`).join(", ")} } from "left-out";` };
    });
    onResolve({ filter: /^left-out$/ }, ({ path }) => ({ path, namespace: "left-out" }));
    onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "export class LeftOut {}" }));
  },
};

export async function buildLibraries(): Promise<void> {
  await build({
    entryPoints: Object.fromEntries(LIBRARIES.map((library) => [library, library])),
    outdir: "build/libraries",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    conditions: ["workerd", "worker"],
    mainFields: ["module", "main"],
    external: ["react", "node:*"],
    define: { "process.env.NODE_ENV": "'production'" },
    alias: BETTER,
    plugins: [namesUsed, leftOut],
    legalComments: "external", // beside each file
    logLevel: "error",
  });
}

/** What the sources and tests use of a library: `import { name } from` and, after `import * as z from`, each `z.name`. */
function namesFrom(library: string): string[] {
  const line = new RegExp(`^import (?:(\\w+)(?:, )?)?(?:\\{(.*)\\})?(?:\\* as (\\w+))? from "${library}"`, "m");
  const used = sources().flatMap((source) => {
    const [, whole, names = "", all] = line.exec(source) ?? [];
    const parts = all ? [...source.matchAll(new RegExp(`\\b${all}\\.(\\w+)`, "g"))].map((match) => match[1]!) : names.split(",").map((name) => name.trim().split(" as ")[0]!);
    return [...(whole ? ["default"] : []), ...parts];
  });
  return [...new Set(used)].filter((name) => name !== "").sort();
}

let read: string[] | undefined;
/** Without their types. */
function sources(): string[] {
  const files = globSync("{app,db,worker,tests}/**/*.{ts,tsx}").filter((file) => !file.endsWith("entry.client.tsx"));
  return (read ??= files.map((file) => transformSync(readFileSync(file, "utf8"), { loader: file.endsWith("x") ? "tsx" : "ts" }).code));
}

function exportsOf(path: string): string[] {
  const source = readFileSync(path, "utf8");
  const named = [...source.matchAll(/^export (?:async )?(?:class|const|let|function) (\w+)/gm)].map((match) => match[1]!);
  const passedOn = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap((match) => match[1]!.split(",").map((name) => name.trim().split(" as ").at(-1)!)).filter(Boolean);
  return [...named, ...passedOn];
}
