import { createContext } from "react";

/** The request's nonce on a page that hydrates; null on the others, which get no script of React's. */
export const ScriptNonce = createContext<string | null>(null);
