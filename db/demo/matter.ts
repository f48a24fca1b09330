import type { Competency, Level } from "#app/domain/learning/competencies.ts";
import type { DemoChildKey } from "./people.ts";

/** What teachers gave to the class of that child; `day`: shared on, 0 is today. Progress: how far the child is. */
export const materials: { child: DemoChildKey; subject: string; day: number; title: string; text: string; link?: string; minutes: number; percent?: number }[] = [
  { child: "pp2", subject: "english", day: -20, title: "Letters of my name", text: "Trace each letter with a finger, then with chalk. Say its sound aloud.", minutes: 15, percent: 100 },
  { child: "pp2", subject: "kiswahili", day: -12, title: "Nyimbo za wanyama", text: "Imba wimbo wa ng'ombe, mbuzi na kuku. Mzazi aweza kuimba nawe.", minutes: 10, percent: 60 },
  { child: "pp2", subject: "arts", day: -4, title: "A lion of leaves", text: "Collect ten dry leaves and glue a lion. Bring it on Friday.", minutes: 30 },
  { child: "grade3", subject: "maths", day: -22, title: "Times tables up to 10", text: "Learn one table a day. Sing it on the way to school.", minutes: 20, percent: 100 },
  { child: "grade3", subject: "english", day: -14, title: "The hare and the elephant", text: "Read the story twice, the second time to somebody at home.", minutes: 20, percent: 70 },
  { child: "grade3", subject: "kiswahili", day: -5, title: "Methali kumi", text: "Soma methali kumi na ueleze moja kwa maneno yako.", minutes: 15 },
  { child: "grade6", subject: "maths", day: -25, title: "Fractions on a number line", text: "Place halves, thirds and quarters, then add them. The last page has the answers.", minutes: 30, percent: 100 },
  { child: "grade6", subject: "science", day: -16, title: "How a small motor turns", text: "A magnet, a coil and a battery: what pushes what?", link: "https://phet.colorado.edu/en/simulations/faradays-law", minutes: 25, percent: 40 },
  { child: "grade6", subject: "english", day: -9, title: "Writing to an editor", text: "Three letters from the newspaper, and what makes each of them work.", minutes: 20, percent: 100 },
  { child: "grade6", subject: "kiswahili", day: -3, title: "Insha bora", text: "Soma insha mbili na uone jinsi zinavyoanza na kumalizika.", minutes: 20 },
  { child: "grade8", subject: "maths", day: -24, title: "Linear equations, step by step", text: "Whatever you do to one side, do to the other. Twelve examples.", minutes: 40, percent: 100 },
  { child: "grade8", subject: "science", day: -15, title: "Photosynthesis in our garden", text: "Why the leaves under the bucket turned pale.", minutes: 30, percent: 100 },
  { child: "grade8", subject: "english", day: -8, title: "A speech that convinces", text: "Wangari Maathai's words, with notes in the margin.", minutes: 25, percent: 50 },
  { child: "grade8", subject: "arts", day: -2, title: "Reading a kanga", text: "Border, field and saying: what each tells.", minutes: 20 },
  { child: "student", subject: "maths", day: -10, title: "Straight-line graphs", text: "Gradient and intercept, with graph paper to print.", minutes: 30, percent: 30 },
];
export const draft = { child: "grade6", subject: "maths", title: "Revision for the end of term", text: "To be finished: percentages and area." } as const;

type Attempt = { day: number; at?: string; text: string; level?: Level; comment?: string; again?: boolean };
/** Work given to the class of that child, due at eight in the evening of `due`; attempts in order, each with its feedback or still waiting. */
export const assignments: { child: DemoChildKey; subject: string; due: number; title: string; instructions: string; competency: Competency; status?: "draft" | "closed"; attempts?: Attempt[] }[] = [
  { child: "pp2", subject: "english", due: -13, title: "Draw three things that begin with Z", instructions: "Say the words to your teacher.", competency: "communication", attempts: [{ day: -14, text: "Zebra, zip, zoo", level: "ME1", comment: "Lovely zebra, Zawadi!" }] },
  { child: "pp2", subject: "arts", due: 1, title: "Practise the harvest song", instructions: "Two verses, with claps.", competency: "creativity" },
  { child: "grade3", subject: "maths", due: -16, title: "The tables of 6 and 7", instructions: "Write both from memory.", competency: "critical_thinking", status: "closed", attempts: [{ day: -17, text: "Done, 2 mistakes in 7", level: "ME2", comment: "Nearly there. 7 × 8 is 56." }] },
  { child: "grade3", subject: "english", due: -9, title: "What the elephant should have said", instructions: "Five sentences.", competency: "creativity", attempts: [{ day: -8, text: "The elephant should have asked first.", level: "AE1", comment: "A good idea. Late by a day: tell me next time." }] },
  { child: "grade3", subject: "kiswahili", due: -2, title: "Eleza methali moja", instructions: "Maneno thelathini yatosha.", competency: "communication" },
  { child: "grade6", subject: "maths", due: -18, title: "Ten sums with fractions", instructions: "Show how you find the common denominator.", competency: "critical_thinking", attempts: [
    { day: -19, text: "All ten, only answers", comment: "Show the steps, please, so that I see how you think.", again: true }, { day: -18, at: "19:10", text: "All ten with steps", level: "ME1", comment: "Clear and complete." }] },
  { child: "grade6", subject: "science", due: -11, title: "A circuit with two lamps", instructions: "Draw it and say what happens when one lamp breaks.", competency: "critical_thinking", attempts: [{ day: -10, text: "In a row both go out, side by side one stays on.", level: "EE2", comment: "You tried it yourself: excellent." }] },
  { child: "grade6", subject: "english", due: -5, title: "A letter to the editor", instructions: "About something in your street.", competency: "citizenship", attempts: [{ day: -4, text: "The drain in our street floods every April …", level: "ME2", comment: "Strong case. Shorter sentences would help." }] },
  { child: "grade6", subject: "maths", due: -1, title: "Prices at Toi market", instructions: "Decimals: three shopping lists.", competency: "learning_to_learn", attempts: [{ day: -1, at: "18:20", text: "Lists are in the picture, total 1,245.50" }] },
  { child: "grade6", subject: "kiswahili", due: 1, title: "Insha: safari yangu", instructions: "Ukurasa mmoja.", competency: "communication" },
  { child: "grade8", subject: "maths", due: -20, title: "Equations 1 to 12", instructions: "Check each answer by putting it back.", competency: "critical_thinking", attempts: [{ day: -21, text: "Done and checked", level: "EE2", comment: "Every check is right." }] },
  { child: "grade8", subject: "science", due: -12, title: "Leaves in the dark", instructions: "Plan an experiment for a week.", competency: "learning_to_learn", attempts: [{ day: -13, text: "Plan with two plants and a box", level: "ME1", comment: "Good control plant." }] },
  { child: "grade8", subject: "english", due: -6, title: "Three minutes on water", instructions: "Write the speech that you will hold.", competency: "communication", attempts: [{ day: -7, text: "Friends, turn the tap …", level: "EE1", comment: "I stood up to clap." }] },
  { child: "grade8", subject: "arts", due: 0, title: "Your own kanga", instructions: "Border, field and a saying of yours.", competency: "creativity", attempts: [{ day: -1, text: "Saying: Haraka haraka haina baraka" }] },
  { child: "grade8", subject: "maths", due: 2, title: "Two unknowns at the kiosk", instructions: "Four word problems.", competency: "critical_thinking" },
  { child: "student", subject: "english", due: -3, title: "A day in the past tense", instructions: "Ten sentences.", competency: "communication", attempts: [{ day: -4, text: "Yesterday I woke up early …" }] },
  { child: "student", subject: "maths", due: 1, title: "Five graphs", instructions: "Name gradient and intercept of each.", competency: "critical_thinking" },
  { child: "grade8", subject: "science", due: 6, title: "Acids in the kitchen", instructions: "Test five things with red cabbage.", competency: "critical_thinking", status: "draft" },
];

/** Plans of a teacher, a tutor, and a family; a step may lead to a material or assignment by its title. */
export const studyPlans: { child: DemoChildKey; author: string; ofFamily?: true; title: string; from: number; until: number; steps: { text: string; day: number; leadsTo?: string; done?: true }[] }[] = [
  { child: "grade8", author: "teacher", title: "Ready for the algebra test", from: -10, until: 7, steps: [
    { text: "Go through the examples again", day: -7, leadsTo: "Linear equations, step by step", done: true }, { text: "Solve ten without looking", day: -2, done: true }, { text: "Word problems", day: 2, leadsTo: "Two unknowns at the kiosk" }, { text: "Explain one to a friend", day: 5 }] },
  { child: "grade6", author: "tutor", title: "Fractions without fear", from: -14, until: 5, steps: [
    { text: "Number line", day: -10, leadsTo: "Fractions on a number line", done: true }, { text: "Cut a chapati into sixths and share it", day: -6, done: true }, { text: "Shopping lists", day: -1, leadsTo: "Prices at Toi market", done: true }, { text: "Teach Baraka what a half is", day: 3 }] },
  { child: "grade3", author: "guardian", ofFamily: true, title: "Reading together before bed", from: -12, until: 9, steps: [
    { text: "Choose three books from the library", day: -10, done: true }, { text: "Finish the first", day: -4 }, { text: "Tell Zawadi the story", day: 4 }] },
];
