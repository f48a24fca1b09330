/** Stripe's published test cards, and the payment methods that stand for them. */
export type Behaviour = "succeeds" | "declined" | "insufficient_funds" | "needs_authentication";

export const cardNumbers: Record<string, { behaviour: Behaviour; brand: string; says: string }> = {
  "4242424242424242": { behaviour: "succeeds", brand: "visa", says: "pays" },
  "5555555555554444": { behaviour: "succeeds", brand: "mastercard", says: "pays" },
  "4000000000000002": { behaviour: "declined", brand: "visa", says: "is declined" },
  "4000000000000341": { behaviour: "declined", brand: "visa", says: "can be saved, then is declined" },
  "4000000000009995": { behaviour: "insufficient_funds", brand: "visa", says: "has not enough money" },
  "4000002760003184": { behaviour: "needs_authentication", brand: "visa", says: "always wants the cardholder" },
};

export const namedMethods: Record<string, string> = {
  pm_card_visa: "4242424242424242",
  pm_card_mastercard: "5555555555554444",
  pm_card_chargeDeclined: "4000000000000002",
  pm_card_chargeCustomerFail: "4000000000000341",
  pm_card_chargeDeclinedInsufficientFunds: "4000000000009995",
  pm_card_authenticationRequired: "4000002760003184",
};

export function declineOf(behaviour: Behaviour): { code: string; decline_code?: string; message: string } | null {
  if (behaviour === "declined") return { code: "card_declined", decline_code: "generic_decline", message: "Your card was declined." };
  if (behaviour === "insufficient_funds") return { code: "card_declined", decline_code: "insufficient_funds", message: "Your card has insufficient funds." };
  return null;
}
