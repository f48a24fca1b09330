import { RemixBrowser } from "@remix-run/react";
import { startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { ScriptNonce } from "./components/shell/script-nonce.ts";

startTransition(() => {
  hydrateRoot(document, <ScriptNonce.Provider value=""><RemixBrowser /></ScriptNonce.Provider>);
});
