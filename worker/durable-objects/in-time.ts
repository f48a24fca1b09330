/** Whoever does not answer by then is taken for lost. */
const PATIENCE = 10_000;

/** Rejects when it takes too long. The timer goes with the answer: an object with a timer does not sleep. */
export function inTime<T>(work: PromiseLike<T>, whose: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer from ${whose}`)), PATIENCE)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
