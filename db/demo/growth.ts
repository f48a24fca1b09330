import type { Competency } from "#app/domain/learning/competencies.ts";
import type { DemoChildKey } from "./people.ts";

/** What was seen of each competency, in turn; `{name}` is the child's. */
export const seen: Record<Competency, string[]> = {
  communication: ["{name} explained the answer to the whole class without being asked.", "{name} listened to the others first, and then summed up what they had said.", "{name} read aloud with expression; the little ones sat still."],
  critical_thinking: ["{name} found the mistake on the board before I did.", "{name} compared two ways and said why one is shorter.", "{name} asked what would happen if the battery were turned round."],
  creativity: ["{name} made up a new ending, and it fitted.", "{name} mixed earth and water for a brown that the box did not have.", "{name} built a stand for the model from two spoons."],
  citizenship: ["{name} stayed behind to sweep, and nobody had asked.", "{name} settled a quarrel over the swings by taking turns."],
  digital_literacy: ["{name} found the school's page and checked who had written it."],
  learning_to_learn: ["{name} made a list of what was still unclear, and came back with it.", "{name} tried the hard one again after the break.", "{name} taught the trick to a neighbour."],
  self_efficacy: ["{name} volunteered for the first go.", "{name} said: I cannot do it yet."],
};

/** Points of what was seen (BE2 = 1 … EE1 = 8), one for each time. From three on a competency says something; with fewer it says that it is too early. */
export const shown: Record<DemoChildKey, Partial<Record<Competency, number[]>>> = {
  pp2: { communication: [4, 5, 5], creativity: [6, 6, 7], self_efficacy: [5], citizenship: [5] },
  grade3: { communication: [3, 4, 5], critical_thinking: [4, 4], creativity: [5, 6], citizenship: [6, 6], learning_to_learn: [4] },
  grade6: { communication: [5, 5, 6], critical_thinking: [5, 6], creativity: [6, 7, 7], citizenship: [5], digital_literacy: [6], learning_to_learn: [4, 5, 5], self_efficacy: [5, 6] },
  grade8: { communication: [6, 7], critical_thinking: [6, 7, 7], creativity: [5, 5, 6], digital_literacy: [7], learning_to_learn: [6, 6, 7], self_efficacy: [6, 7] },
  student: { communication: [3, 3, 4], critical_thinking: [4] },
};

/** One in each subject, in turn. */
export const assessments = {
  maths: { title: "Mid-term paper", kind: "summative", competency: "critical_thinking", comments: ["Careful working.", "Read the question twice, then it goes well."] },
  science: { title: "Project: a machine from scrap", kind: "project", competency: "self_efficacy", comments: ["Works, and is well explained.", "A neat model; say more on why."] },
  english: { title: "Reading aloud", kind: "oral", competency: "communication", comments: ["Clear and unhurried.", "Look up at the end of a line."] },
  arts: { title: "A picture of the market", kind: "project", competency: "creativity", comments: ["Full of life."] },
  kiswahili: { title: "Mazungumzo", kind: "oral", competency: "communication", comments: ["Anazungumza vizuri.", "Ongeza msamiati."] },
} as const;
export const levels: Record<DemoChildKey, number> = { pp2: 5, grade3: 4, grade6: 6, grade8: 7, student: 4 };

type Visibility = "staff" | "guardians" | "child";
/** What helps, and what to mind. */
export const notes: { child: DemoChildKey; by: string; day: number; visibility: Visibility; text: string }[] = [
  { child: "pp2", by: "teacher-english", day: -18, visibility: "guardians", text: "Zawadi names all her colours now. Ask her for them on the way home." },
  { child: "pp2", by: "teacher-kiswahili", day: -9, visibility: "staff", text: "Seat her in front: she turns her head to hear." },
  { child: "pp2", by: "teacher-english", day: -4, visibility: "child", text: "Your song made us all happy, Zawadi." },
  { child: "grade3", by: "teacher-kiswahili", day: -20, visibility: "staff", text: "Tires after football; hard things in the morning." },
  { child: "grade3", by: "teacher", day: -11, visibility: "guardians", text: "Ten minutes of tables in the evening would help Baraka more than an hour on Sunday." },
  { child: "grade3", by: "teacher-english", day: -4, visibility: "child", text: "Get well soon, Baraka. We keep the end of the story for you." },
  { child: "grade6", by: "teacher", day: -21, visibility: "child", text: "Bring your motor to class: I want all to see it, Neema." },
  { child: "grade6", by: "teacher-english", day: -12, visibility: "staff", text: "Works best beside Faith; apart from Brenda." },
  { child: "grade6", by: "teacher", day: -5, visibility: "guardians", text: "Neema is sure of fractions. Decimals come next." },
  { child: "grade8", by: "teacher", day: -19, visibility: "guardians", text: "Imani could enter the county mathematics contest. Shall we talk about it?" },
  { child: "grade8", by: "teacher-english", day: -13, visibility: "staff", text: "Ask her to let others speak first in debates." },
  { child: "grade8", by: "teacher-english", day: -5, visibility: "child", text: "Hold that speech at assembly, Imani. You are ready." },
  { child: "student", by: "teacher-english", day: -6, visibility: "child", text: "Two pages a day, Wambui, and you will have caught up by December." },
];
