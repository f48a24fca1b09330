/** How long a test waits for what must come: far longer than it takes, for machines are noisy. A limit, never a measure. */
export const IN_TIME = { timeout: 30_000, interval: 10 };
