import { attendanceWords } from "./attendance.ts";

type Change = { what: string; by: string | null; from: string | null; to: string | null; fields: string[]; minutes: number | null; move: boolean; status: string | null; resolution: string | null; hours: string | null };

const FIELDS: Record<string, string> = { topic: "the topic", place: "the place", link: "the link", usesHours: "whether it uses hours" };
const AS: Record<string, string> = { teacher: "the teacher", family: "the family", administration: "the school" };
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const saidOf = (status: string): string => (attendanceWords as Record<string, string>)[status] ?? status;

/** By the administration after a dispute, else by the rule when the family's time was over. */
function settled(who: string, resolution: string | null, status: string | null, hours: string | null): string {
  if (resolution === "stands") return `${who} found that it stands as written`;
  if (resolution === "corrected") return `${who} found that the family was right${status ? `: ${saidOf(status)}` : ""}`;
  return hours === "consumed" ? "The family's time was over, and its hours were used up" : hours === "released" ? "Its hours were given back" : "The family's time was over, and what was written stands";
}

export const lessons = {
  title: "Timetable",
  ofStudent: (name: string) => `Timetable of ${name}`,
  views: "Ways to look at it",
  week: "Week",
  list: "List",
  weekOf: (from: string) => `Week of ${from}`,
  fromOn: (from: string) => `Four weeks from ${from}`,
  before: "Earlier",
  after: "Later",
  now: "This week",
  freeDay: "Nothing",
  today: (day: string) => `Today, ${day}`,
  none: "No lessons in this time",
  noneText: "Lessons that are set will stand here.",
  set: "Set a lesson",
  all: "All",
  mine: "Only mine",
  who: "Whose lessons",
  weekdays: WEEKDAYS,
  when: "When", student: "Student", teacher: "Teacher", subject: "Subject", topic: "Topic", place: "Place", link: "Link", length: "Length", zone: "Time zone", hoursTerm: "Hours", status: "State", series: "Repeats",
  minutes: (count: number) => `${count} minutes`,
  inZone: (time: string, zone: string) => `${time} in ${zone}`,
  statuses: { asked: "Waits for a guardian", scheduled: "Set", denied: "Declined", expired: "Nobody answered in time", cancelled: "Cancelled" },
  usesHours: "Uses hours of the student's account",
  usesNone: "Uses no hours",
  hours: { consumed: "Its hours are used up", released: "Its hours are free again" } as Record<string, string>,
  repeats: "One of a series",
  cancelledBy: (as: string) => `Cancelled by ${AS[as] ?? as}`,
  moveWaits: (to: string) => `The guardians are asked to move it to ${to}. Until they answer it stays where it is.`,
  reason: "Reason",
  history: "What happened",
  change: "Change", cancel: "Cancel the lesson", takeBack: "Take the request back", keep: "Leave it as it is", save: "Save the change",
  changeTitle: "Change the lesson",
  date: "Date", time: "Starts at", lengthMinutes: "Length in minutes", zoneOf: (zone: string) => `Time zone: ${zone}`, zoneHint: "The clock by which this time is meant, for example Africa/Nairobi.", linkHint: "Where one joins from afar. It begins with https://.",
  scope: "For which lessons",
  scopes: { one: "This one", following: "This and those that follow", all: "All that are to come" } as Record<"one" | "following" | "all", string>,
  includeMoved: "Also those that were moved by hand",
  cancelTitle: (when: string) => `Cancel the lesson of ${when}?`,
  cancelMany: (count: number, when: string) => `Cancel ${count} lessons from ${when} on?`,
  consequence: ({ hours, minutes, told }: { hours: string; minutes: { consumed: number; released: number }; told: string[] }) => [
    hours === "none" ? "It uses no hours." : minutes.consumed > 0 ? `It starts in less than two hours: ${minutes.consumed} minutes are used up although it is not held.` : "",
    minutes.released > 0 ? `${minutes.released} minutes go back to the account.` : "",
    told.length > 0 ? `${told.join(", ")} will be told.` : "",
  ].filter(Boolean).join(" "),
  why: "Why (others will read it)",
  newTitle: "Set a lesson",
  whom: "For whom",
  whomHint: "Only somebody enrolled with a teacher can have a lesson with them.",
  find: "Find", studentContains: "Student's name",
  nobody: "Nobody is enrolled here",
  nobodyText: "A lesson needs a student who is enrolled with a teacher.",
  pair: (student: string, subject: string, teacher: string | null) => `${student}: ${subject}${teacher ? ` with ${teacher}` : ""}`,
  hoursHint: "They are held until the lesson is over.",
  repeat: "Repeat it", howOften: "How often", once: "Only once", everyWeeks: (weeks: number) => (weeks === 1 ? "Every week" : `Every ${weeks} weeks`),
  alsoOn: "Also on", alsoOnHint: "Beside the day of the first lesson.", lastDay: "Last day", count: "Or how many lessons", countHint: "100 at most, within a year.",
  preview: "Show the lessons first",
  previewCancel: "Show what that would do",
  previewTitle: (count: number) => `${count === 1 ? "1 lesson" : `${count} lessons`} would be set`,
  skipped: "the clocks skip the usual hour on that day",
  busy: { teacher: "the teacher has something else", student: "the student has something else" } as Record<string, string>,
  nearest: (time: string) => `The nearest time that exists is ${time}.`,
  free: (minutes: number) => `There are ${minutes} minutes left that are not held for other lessons.`,
  clashesOn: "Not free on:",
  done: { set: "The lesson is set, and everybody is told.", changed: "The change is made, and everybody is told.", asked: "The guardians are asked. The lesson stays where it is until they answer.", same: "Nothing was different, so nothing has changed.", cancelled: "The lesson is cancelled, and everybody is told." } as Record<string, string>,
  happened: ({ what, by, from, to, fields, minutes, move, status, resolution, hours }: Change) => {
    const who = by ?? "Kinboard";
    const said: Record<string, string> = {
      created: `${who} set the lesson for ${to}`, booked: `${who} asked for the lesson on ${to}`, moved: `${who} moved it from ${from} to ${to}`, move_asked: `${who} asked the guardians to move it from ${from} to ${to}`,
      changed: `${who} changed ${fields.map((field) => FIELDS[field] ?? field).join(" and ")}`, cancelled: `${who} cancelled it`, approved: move ? `${who} agreed to move it` : `${who} agreed to it`,
      denied: move ? `${who} said no to the move, and it stayed where it was` : `${who} said no to it`, expired: move ? "Nobody answered in time, and it stayed where it was" : "Nobody answered in time, and there is no lesson",
      attended: status ? `${who} wrote that the student was ${saidOf(status)}` : `${who} wrote down who was there`, confirmed: `${who} confirmed what was written`, disputed: `${who} said that it was otherwise`,
      settled: settled(who, resolution, status, hours), made_up: minutes === null ? `${who} gave its hours back` : `${who} gave back ${minutes} minutes`,
    };
    return `${said[what] ?? what}.`;
  },
};

/** Reasons of refusal in this part of the product. */
export const lessonsProblems = {
  local_time_malformed: "Give the date and the time, for example 2026-11-24T16:00.",
  offset_not_shown: "The clocks never show this time with this offset on that day.",
  time_skipped: "The clocks skip this time on that day. Choose another.",
  enrolment_missing: "Choose for whom the lesson is.",
  not_enrolled_then: "The student is not enrolled with this teacher at that time.",
  lesson_end_missing: "Say how long the lesson lasts, or when it ends, not both.",
  minutes_missing: "Say how many minutes the lesson lasts.",
  lesson_ends_before_start: "A lesson ends after it starts.",
  lesson_too_short: "A lesson lasts at least 15 minutes.",
  lesson_too_long: "A lesson lasts 8 hours at most.",
  lesson_in_past: "This time is past. Choose one to come.",
  lesson_too_soon: "A lesson is set at least 15 minutes before it starts.",
  lesson_started: "The lesson has started; it can no longer be changed or cancelled.",
  lesson_cancelled: "The lesson is cancelled already.",
  lesson_not_agreed: "The lesson still waits for a guardian's answer.",
  too_late_to_cancel: "A teacher cancels until two hours before the start. Ask the school's administration.",
  lesson_changed_meanwhile: "The lesson was changed meanwhile. Look at it again first.",
  consequence_changed: "What cancelling means has changed meanwhile. Look at it again first.",
  only_time_is_yours: "Only the school changes this; you can move the lesson or cancel it.",
  move_waits: "The guardians are being asked about another time already.",
  teacher_busy: "The teacher has something else then.",
  student_busy: "The student has something else then.",
  not_enough_hours: "There are not enough hours left for this.",
  weeks_range: "Choose between every week and every 12 weeks.",
  weekdays_missing: "Choose at least one day of the week.",
  series_count: "A series has up to 100 lessons.",
  series_end_missing: "Say when the series ends, or how many lessons it has, not both.",
  series_empty: "There is no such day in that time.",
  series_too_long: "A series has at most 100 lessons, within a year.",
};
