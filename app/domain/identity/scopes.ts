/** What a personal token may be given. Few, so that one can see what one gives. */
export const SCOPES = ["read", "purchases", "family", "school"] as const;
export type Scope = (typeof SCOPES)[number];

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);
