export const purchases = {
  approvalsTitle: "Approvals",
};

/** Reasons of refusal in this part of the product. */
export const purchasesProblems = {
  plan_missing: "Choose what to buy.",
  plan_not_sold: "This is not sold at the child's school.",
  plan_in_other_currency: "This is sold in another currency than the family's.",
  reason_missing: "Say why, in a few words.",
  policy_unknown: "Choose who decides.",
  already_approved: "This was approved already.",
  already_denied: "This was denied already.",
  already_expired: "Nobody decided in time: this request has expired.",
  already_cancelled: "This request was taken back.",
  already_approved_by_you: "You have approved this already. It waits for the others.",
  primary_decides: "The primary guardian decides on this one.",
  primary_sets_policy: "The primary guardian sets who decides.",
  not_your_request: "Only who asked can take a request back.",
  not_expired: "Only an expired request can be asked again.",
  already_renewed: "This was asked again already.",
  nothing_to_pay: "There is nothing to pay here.",
  busy: "Several people decided at once. Look again and retry.",
  expired: "This request has expired.",
};
