import { DomainError } from "../errors.ts";

/** A child's PIN is set by a guardian, and a child has no second factor. */
export function requireAdult(actor: { kind: "adult" | "child" }): void {
  if (actor.kind !== "adult") throw new DomainError("forbidden", "adults_only");
}
