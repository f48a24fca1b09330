import type { DemoChildKey } from "./people.ts";

/** What each reads and practises at home, in turn; `rests`: days in every seven without. Who is ill does nothing. */
export const atHome: Record<DemoChildKey, { rests: number[]; things: [kind: "reading" | "practice", about: string, minutes: number][] }> = {
  pp2: { rests: [2, 5], things: [["reading", "Picture book: Simba and the moon", 10], ["practice", "Counting beans up to 20", 10], ["reading", "Letters on the shop signs", 10]] },
  grade3: { rests: [3], things: [["reading", "The Hare and the Lion", 20], ["practice", "Times tables with Neema", 15], ["reading", "Hadithi za Abunuwasi", 15]] },
  grade6: { rests: [4, 6], things: [["practice", "Fractions with the tutor's cards", 25], ["reading", "The River and the Source, for young readers", 30], ["practice", "Soldering the robot", 40]] },
  grade8: { rests: [], things: [["practice", "An hour of mathematics", 60], ["reading", "Unbowed, by Wangari Maathai", 30], ["practice", "Speech in front of the mirror", 20]] },
  student: { rests: [1, 3, 5], things: [["reading", "Two pages of English", 20], ["practice", "Graph paper", 20]] },
};

type Mood = "happy" | "calm" | "tired" | "worried" | "sad" | "angry";
/** Who says how the child felt, and what, in turn; nothing on `silent` days of every seven. Energy from 1 to 5. */
export const moods: Partial<Record<DemoChildKey, { by: string; silent: number[]; said: [Mood, number, string | null][] }>> = {
  pp2: { by: "guardian", silent: [4], said: [["happy", 5, "Sang all the way home"], ["calm", 3, null], ["tired", 2, "Short night"], ["happy", 4, null]] },
  grade3: { by: "guardian", silent: [5], said: [["happy", 4, null], ["calm", 3, null], ["happy", 5, "Two goals at football"], ["worried", 3, "The tables"], ["calm", 4, null]] },
  grade6: { by: "grade6", silent: [3, 6], said: [["calm", 4, null], ["happy", 5, "The motor turns!"], ["worried", 2, "Test tomorrow"], ["happy", 4, null], ["angry", 3, "My seat was taken"]] },
  grade8: { by: "grade8", silent: [], said: [["calm", 4, null], ["tired", 2, "Read too late"], ["happy", 5, "They clapped"], ["calm", 3, null], ["happy", 4, null]] },
};
export const whileIll = ["tired", 1, "Fever"] as const;

/** Goals of a family with how far they came; `rule`: taken up from a suggestion, with what it rested on. */
export const goals: { child: DemoChildKey; area: "academic" | "behavioural" | "creative" | "health"; title: string; why: string; set: number; target: number | null; status: "active" | "completed" | "paused"; by: string; rule?: { rule: string; facts: Record<string, string | number> }; steps: { day: number; percent: number; note: string }[] }[] = [
  { child: "pp2", area: "academic", title: "Write my whole name", why: "So that the drawings have an owner.", set: -26, target: 12, status: "active", by: "guardian", steps: [{ day: -20, percent: 30, note: "Z and A" }, { day: -8, percent: 60, note: "Only the W is hard" }] },
  { child: "pp2", area: "health", title: "Brush teeth without being told", why: "", set: -27, target: -3, status: "completed", by: "co-guardian", steps: [{ day: -15, percent: 50, note: "Mornings" }, { day: -5, percent: 100, note: "Evenings too" }] },
  { child: "grade3", area: "academic", title: "All tables by heart", why: "Then the rest of mathematics is play.", set: -25, target: 20, status: "active", by: "guardian", steps: [{ day: -18, percent: 40, note: "Up to 5" }, { day: -9, percent: 70, note: "6 and 7, with a mistake or two" }] },
  { child: "grade3", area: "health", title: "Football twice a week", why: "", set: -24, target: null, status: "paused", by: "guardian", steps: [{ day: -10, percent: 50, note: "Five trainings" }] },
  { child: "grade6", area: "creative", title: "A robot for the science fair", why: "It shall carry a cup across the table.", set: -28, target: 25, status: "active", by: "grade6", steps: [{ day: -19, percent: 20, note: "Kit is here" }, { day: -10, percent: 45, note: "Motor turns" }, { day: -2, percent: 65, note: "Drives in a circle" }] },
  { child: "grade6", area: "academic", title: "Understand fractions", why: "", set: -29, target: -6, status: "completed", by: "guardian", steps: [{ day: -15, percent: 60, note: "Adding" }, { day: -7, percent: 100, note: "Taught Baraka" }] },
  { child: "grade8", area: "academic", title: "Enter the county mathematics contest", why: "Mrs Wanjiru thinks that I can.", set: -19, target: 40, status: "active", by: "grade8", steps: [{ day: -12, percent: 25, note: "Two old papers" }, { day: -3, percent: 50, note: "Half of them right in time" }] },
  { child: "grade8", area: "academic", title: "Show more of citizenship", why: "", set: -6, target: null, status: "active", by: "guardian", rule: { rule: "little_evidence", facts: { competency: "citizenship", count: 0, all: 20 } }, steps: [{ day: -1, percent: 20, note: "Helps at the clean-up on Saturday" }] },
  { child: "student", area: "academic", title: "Catch up in English by December", why: "", set: -20, target: 20, status: "active", by: "student", steps: [{ day: -6, percent: 35, note: "Past tense" }] },
];

/** Given through the operation itself, which signs them. */
export const achievements: { child: DemoChildKey; by: string; day: number; kind: "certificate" | "badge"; title: string; description: string; criteria: string }[] = [
  { child: "grade8", by: "teacher-english", day: -5, kind: "certificate", title: "Speaker of the month", description: "For three minutes on water.", criteria: "Hold a speech of your own before the class, without notes." },
  { child: "grade6", by: "teacher", day: -9, kind: "badge", title: "Circuit builder", description: "Two lamps, one battery, no help.", criteria: "Build a circuit with two lamps and explain it." },
  { child: "grade3", by: "teacher-kiswahili", day: -15, kind: "badge", title: "Msomaji hodari", description: "Kwa kusoma kila siku.", criteria: "Soma kwa sauti kila siku kwa wiki mbili." },
  { child: "pp2", by: "teacher-english", day: -7, kind: "badge", title: "Knows her letters", description: "All of them, big and small.", criteria: "Name every letter of the alphabet." },
];
