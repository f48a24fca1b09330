/** A job that no repetition can mend: parked at once, with its reason. */
export class PoisonJob extends Error {
  override name = "PoisonJob";
}

/** To be tried again at an instant of the job's own choosing. Without `counts` it was no attempt. */
export class RetryAt extends Error {
  override name = "RetryAt";
  readonly at: number;
  readonly counts: boolean;

  constructor(reason: string, at: number, counts = true) {
    super(reason);
    this.at = at;
    this.counts = counts;
  }
}
