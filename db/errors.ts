/** A constraint that a batch broke: `CHECK reservations_fit_week`, `UNIQUE payments.request_id`, `NOT NULL purchase_requests.revision`. */
export class ConstraintFailure extends Error {
  override name = "ConstraintFailure";
  readonly constraint: string;
  constructor(constraint: string, cause: unknown) {
    super(constraint, { cause });
    this.constraint = constraint;
  }
}

/** Reads SQLite's sentence out of what D1 and Drizzle wrapped round it; null for any other error. */
export function constraintFailure(error: unknown): ConstraintFailure | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const found = /(CHECK|UNIQUE|NOT NULL|FOREIGN KEY) constraint failed(?:: (?:index ')?([\w., ]+))?/.exec(at.message);
    if (found) return new ConstraintFailure(`${found[1]} ${(found[2] ?? "").split(", ")[0]?.split(":")[0]?.trim()}`.trim(), error);
  }
  return null;
}

export function broke(error: unknown, ...constraints: string[]): boolean {
  return error instanceof ConstraintFailure && constraints.includes(error.constraint);
}
