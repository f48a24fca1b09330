export const availability = {
  title: "When you can be booked",
  about: "Students and their guardians book lessons in these times. Lessons that stand already stay.",
  school: "School",
  windows: "Every week",
  noWindows: "Nobody can book you yet. Add a time.",
  weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  weekday: "Day",
  from: "From",
  to: "Until",
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  addWindow: "Add this time",
  remove: "Remove",
  absences: "Days away",
  firstDay: "First day",
  lastDay: "Last day",
  absenceEffect: "On these days nobody can book you.",
  addAbsence: "Add these days",
  saved: "Saved.",
};

/** Reasons of refusal in this part of the product. */
export const availabilityProblems = {
  window_ends_before_start: "The end comes after the start.",
  absence_ends_before_start: "The last day is not before the first.",
  too_many_windows: "Up to 50 can be kept.",
};
