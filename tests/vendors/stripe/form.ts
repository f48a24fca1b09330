export type Form = { [key: string]: string | Form };

/** Stripe's form encoding: `line_items[0][price_data][currency]=kes` as nested objects, list indexes as keys. */
export function parseForm(text: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [name.split("[")[0]!, ...[...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1]!)];
    let at = form;
    for (const key of path.slice(0, -1)) at = (typeof at[key] === "object" ? at[key] : (at[key] = {})) as Form;
    at[path.at(-1)! || String(Object.keys(at).length)] = value;
  }
  return form;
}

export const textAt = (form: Form, ...path: string[]): string | null => {
  let at: string | Form | undefined = form;
  for (const key of path) at = typeof at === "object" ? at[key] : undefined;
  return typeof at === "string" ? at : null;
};

export const formAt = (form: Form, key: string): Record<string, string> => (typeof form[key] === "object" ? (form[key] as Record<string, string>) : {});
