import { broke } from "#db/errors.ts";
import { DomainError } from "../errors.ts";

const RACES = [
  "NOT NULL purchase_requests.revision",
  "NOT NULL reservations.week_used_before",
  "CHECK reservations_fit_week",
  "CHECK reservations_fit_month",
  "UNIQUE purchase_decisions.request_id",
  "UNIQUE reservations.request_id",
];
const TRIES = 6;

/** Decides again, on what is there now, when another decision came first. Throws conflict if the world does not hold still. */
export async function decidedAgain<T>(decide: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await decide();
    } catch (error) {
      if (!broke(error, ...RACES)) throw error;
      if (tried >= TRIES) throw new DomainError("conflict", "busy");
    }
  }
}
