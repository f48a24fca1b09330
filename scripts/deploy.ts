import { build } from "./build.ts";
import { bundleParts } from "./bundle.ts";
import { configOf, PARTS } from "./parts.ts";
import { run } from "./process.ts";

/** Sends to Cloudflare exactly what the tests weigh, part by part. Arguments go to wrangler: `npm run deploy -- --dry-run`. */
await build();
const bundle = await bundleParts();
for (const part of PARTS) await run("wrangler", ["deploy", bundle[part], "--no-bundle", "--config", configOf(part), ...process.argv.slice(2)]);
