import { en } from "./en/index.ts";

/** Every string the product says. Another language is another value of this type. */
export type Messages = typeof en;

const catalogues: Record<string, Messages> = { en };

export function messagesFor(locale: string): Messages {
  return catalogues[locale.split("-")[0] ?? "en"] ?? en;
}

/** Says a refusal's key in words; what is no key is already words. */
export function problems(locale: string): (key: string) => string {
  const { problems: say } = messagesFor(locale);
  return (key) => (say as Record<string, string>)[key] ?? key;
}
