/** A saved default card of one of the child's guardians. */
export type GuardianCard = { methodId: string; userId: string; isPrimary: boolean; ownerName: string; brand: string; last4: string };

/** Whose card pays: the one who approved, else the primary guardian's, else nobody's (Checkout). */
export function chooseCard(cards: GuardianCard[], approverId: string | null): GuardianCard | null {
  return cards.find((card) => card.userId === approverId) ?? cards.find((card) => card.isPrimary) ?? null;
}
