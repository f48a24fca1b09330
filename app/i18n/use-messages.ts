import { createContext, useContext } from "react";
import { messagesFor, type Messages } from "./catalogue.ts";
import { formatterFor, type Formatter } from "./format.ts";

/** Whether each byte counts for the reader. */
export const Lite = createContext(true);
export const useLite = () => useContext(Lite);

export const Language = createContext<{ m: Messages; f: Formatter }>({ m: messagesFor("en"), f: formatterFor("en", "UTC") });

/** `m` says, `f` writes numbers, money and dates, both in the reader's language and zone. */
export const useLanguage = () => useContext(Language);

/** Says a refusal's key in the reader's words. */
export function useProblems(): (key: string) => string {
  const { m } = useLanguage();
  return (key) => (m.problems as Record<string, string>)[key] ?? key;
}
