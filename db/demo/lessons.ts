import type { DemoChildKey } from "./people.ts";

/** Weekly lessons by Nairobi's clocks; 1 = Monday. Nobody is in two places. `paid`: takes from the hours that were bought, from so many days ago on. */
export const timetable: { child: DemoChildKey; subject: string; weekday: number; at: string; minutes: number; paid?: number; topics: string[] }[] = [
  { child: "pp2", subject: "english", weekday: 3, at: "14:00", minutes: 20, paid: 18, topics: ["The letter Z", "Words that rhyme"] },
  { child: "pp2", subject: "kiswahili", weekday: 2, at: "14:00", minutes: 30, topics: ["Wanyama wa nyumbani", "Rangi na maumbo"] },
  { child: "pp2", subject: "arts", weekday: 5, at: "14:00", minutes: 30, topics: ["Painting with leaves", "Songs for harvest day"] },
  { child: "grade3", subject: "maths", weekday: 3, at: "15:30", minutes: 45, paid: 15, topics: ["Times tables", "Telling the time"] },
  { child: "grade3", subject: "english", weekday: 2, at: "15:30", minutes: 45, topics: ["Reading aloud", "Full stops and question marks"] },
  { child: "grade3", subject: "kiswahili", weekday: 1, at: "15:30", minutes: 45, topics: ["Hadithi ya sungura", "Methali tatu"] },
  { child: "grade6", subject: "maths", weekday: 1, at: "15:30", minutes: 60, paid: 28, topics: ["Fractions with unlike denominators", "Decimals at the market", "Angles"] },
  { child: "grade6", subject: "science", weekday: 4, at: "15:30", minutes: 45, topics: ["Circuits", "How a motor turns", "Levers around the house"] },
  { child: "grade6", subject: "english", weekday: 5, at: "15:30", minutes: 45, topics: ["A letter to the editor", "Reported speech"] },
  { child: "grade6", subject: "kiswahili", weekday: 3, at: "15:30", minutes: 45, topics: ["Insha: safari yangu", "Ngeli za nomino"] },
  { child: "grade8", subject: "maths", weekday: 2, at: "15:30", minutes: 60, paid: 27, topics: ["Linear equations", "Two unknowns", "Word problems"] },
  { child: "grade8", subject: "science", weekday: 5, at: "15:30", minutes: 45, topics: ["Photosynthesis", "Acids in the kitchen"] },
  { child: "grade8", subject: "english", weekday: 1, at: "15:30", minutes: 45, topics: ["A speech that convinces", "Debate practice"] },
  { child: "grade8", subject: "arts", weekday: 4, at: "15:30", minutes: 45, topics: ["Kanga patterns", "Print making"] },
  { child: "student", subject: "maths", weekday: 1, at: "16:45", minutes: 45, topics: ["Straight-line graphs"] },
  { child: "student", subject: "english", weekday: 3, at: "16:45", minutes: 45, topics: ["Catching up: tenses"] },
  { child: "student", subject: "science", weekday: 4, at: "16:45", minutes: 45, topics: ["Separating mixtures"] },
];

/** What became of a lesson that was held, or was to be; `back`: 1 is the last one past. What is not here: the child was there. */
export const outcomes: { child: DemoChildKey; subject: string; back: number; cancelledBy?: "teacher" | "guardian"; reason?: string; moved?: { days: number; to: string }; status?: "late" | "absent" | "excused"; minutesLate?: number; note?: string; dispute?: string }[] = [
  { child: "pp2", subject: "kiswahili", back: 3, status: "absent", note: "Nobody answered the call." },
  { child: "grade3", subject: "english", back: 2, moved: { days: 2, to: "16:45" } },
  { child: "grade3", subject: "kiswahili", back: 3, status: "late", minutesLate: 10, note: "Came from football, read well all the same." },
  { child: "grade6", subject: "kiswahili", back: 2, cancelledBy: "guardian", reason: "Neema has to see the dentist" },
  { child: "grade6", subject: "maths", back: 3, status: "excused", note: "Her grandfather's birthday, told in time." },
  { child: "grade6", subject: "science", back: 1, note: "Built a circuit with two lamps without help." },
  { child: "grade8", subject: "english", back: 3, cancelledBy: "teacher", reason: "Staff meeting; we catch up on Thursday" },
  { child: "grade8", subject: "maths", back: 1, status: "absent", dispute: "Imani was in the room from the start, the link had changed." },
];

/** Who was ill these last days: no lessons, no school, nothing done. */
export const ill = { child: "grade3", days: 6, note: "Flu, his mother called." } as const;

/** Bookable on school days at these hours. */
export const windows = { weekdays: [1, 2, 3, 4, 5], from: "17:00", until: "19:00" } as const;
/** Days from today on which a teacher is away; the end exclusive. */
export const away = { teacher: "teacher-english", from: 20, until: 23 } as const;

/** On the first school day after so many days. The one waits for a guardian; the other was booked by one, and the teacher asks to move it. */
export const questions = {
  book: { child: "grade8", subject: "maths", days: 3, at: "17:30", minutes: 60, message: "I want to go through the test again" },
  move: { child: "grade6", subject: "kiswahili", days: 4, at: "17:00", minutes: 45, to: "18:00" },
} as const;
