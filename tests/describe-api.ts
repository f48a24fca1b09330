import { execFileSync } from "node:child_process";

/** The answers of the API are held against the document of the code as it is now, not as it was built. Beside the tests: they run without what writes it. */
export default function describeApi() {
  execFileSync(process.execPath, ["scripts/openapi.ts"], { stdio: "inherit" });
}
