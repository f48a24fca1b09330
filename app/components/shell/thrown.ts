import { createContext } from "react";

/** What a page threw instead of being drawn: the document is titled by it. The page's own boundary draws it. */
export const Thrown = createContext<unknown>(undefined);
