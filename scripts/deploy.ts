import { build } from "./build.ts";
import { bundleWorker } from "./bundle.ts";
import { run } from "./process.ts";

/** Sends to Cloudflare exactly what the tests weigh. Arguments go to wrangler: `npm run deploy -- --dry-run`. */
await build();
await run("wrangler", ["deploy", await bundleWorker(), "--no-bundle", ...process.argv.slice(2)]);
