export const records = {
};

/** Reasons of refusal in this part of the product. */
export const recordsProblems = {
  erase_name_differs: "Type the name exactly as it stands above.",
  erase_self: "You cannot erase your own account. Ask another administrator.",
  erase_elsewhere: "Others have a part in this account too. It can be deactivated here, but not erased.",
  erase_last_owner: "This is the school's last owner. Make somebody else an owner first.",
  erase_owner: "Only an owner of the school can do this to an owner.",
  erase_last_guardian: "This is the last guardian of a child. Another guardian has to take over first.",
  erase_primary_guardian: "This is the primary guardian of a child. They have to hand that over first.",
  erase_payment_open: "A payment is under way. Wait until it is paid or has failed.",
  merge_itself: "Choose another account: these two are the same.",
  merge_yourself: "You cannot merge your own account. Ask another administrator.",
  merge_owner: "Only an owner of the school can merge an owner's account.",
  merge_kinds: "An adult and a child cannot be one person.",
  merge_inactive: "One of the two accounts is not in use. Take it up again first.",
  merge_related: "One of the two is the other's guardian: they are not one person.",
  merge_strange: "The account that would go was not made by this school, or others have a part in it. Try the other way round.",
  merge_payment: "A payment of the account that would go is under way. Wait until it is paid or has failed.",
  merge_undone_or_merged: "This was undone already, or the account was merged into another since. Undo that first.",
  merge_undo_late: "The time to undo this has passed.",
  merge_undo_collides: "Something new stands where a moved entry belongs. It has to go first.",
};
