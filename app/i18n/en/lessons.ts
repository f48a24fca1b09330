/** Reasons of refusal in this part of the product. */
export const lessonsProblems = {
  time_zone_unknown: "There is no such time zone. Choose one from the list.",
  local_time_malformed: "Give the date and the time, for example 2026-11-24T16:00.",
  offset_not_shown: "The clocks never show this time with this offset on that day.",
  time_skipped: "The clocks skip this time on that day. Choose another.",
};
