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
};
