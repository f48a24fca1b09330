/** Port: whether a password stands in a public collection of breached ones. Answers false when the collection cannot be reached. */
export type BreachedPasswords = { includes(password: string): Promise<boolean> };
