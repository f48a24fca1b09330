import type { DemoChildKey } from "./people.ts";

/** What is taught at Umoja School, by whom and to whom. */
export const subjects = [
  { key: "maths", name: "Mathematics", code: "MAT", teacher: "teacher" },
  { key: "science", name: "Science and Technology", code: "SCI", teacher: "teacher" },
  { key: "english", name: "English", code: "ENG", teacher: "teacher-english" },
  { key: "arts", name: "Creative Arts", code: "ART", teacher: "teacher-english" },
  { key: "kiswahili", name: "Kiswahili", code: "KIS", teacher: "teacher-kiswahili" },
] as const;

export const classes = [
  { key: "pp2", name: "Pre-primary 2", level: "pp2", teacher: "teacher-english" },
  { key: "grade3", name: "Grade 3 Blue", level: "grade-3", teacher: "teacher-kiswahili" },
  { key: "grade6", name: "Grade 6 Green", level: "grade-6", teacher: "teacher" },
  { key: "grade8", name: "Grade 8 Red", level: "grade-8", teacher: "teacher" },
  { key: "student", name: "Grade 9 Red", level: "grade-9", teacher: "teacher" },
] as const;

/** Each child learns in the class of its own key. */
export const enrolments: { child: DemoChildKey; subjects: string[]; customName?: Record<string, string>; tutors?: Record<string, string> }[] = [
  { child: "pp2", subjects: ["english", "kiswahili", "arts"], customName: { arts: "Drawing and songs" } },
  { child: "grade3", subjects: ["maths", "english", "kiswahili"] },
  { child: "grade6", subjects: ["maths", "science", "english", "kiswahili"] },
  { child: "grade8", subjects: ["maths", "science", "english", "arts"], tutors: { maths: "tutor-maths" } },
  { child: "student", subjects: ["maths", "science", "english"] },
];

export const tutoring = [{ tutor: "tutor", child: "grade6" }, { tutor: "tutor", child: "pp2" }] as const;

/** The school's own record of its students. */
export const studentRecords = [
  { child: "pp2", number: "U-2021-07", goal: "Knows the letters of her name" },
  { child: "grade3", number: "U-2020-31", goal: "Reads a page aloud every day" },
  { child: "grade6", number: "U-2017-12", goal: "Builds a robot for the science fair" },
  { child: "grade8", number: "U-2015-04", goal: "An hour of mathematics every evening" },
  { child: "student", number: "U-2026-88", goal: "Catches up in English by December" },
] as const;
