import type { Mood } from "../../domain/learning/moods/rules.ts";

export const moods = {
  title: (name: string) => `How ${name} feels`,
  titleOwn: "How you feel",
  about: "A private journal of the family. Nobody at school sees it unless the family opens it.",
  today: "Today",
  mood: "Mood",
  moods: { happy: "Happy", calm: "Calm", tired: "Tired", worried: "Worried", sad: "Sad", angry: "Angry" } satisfies Record<Mood, string>,
  faces: { happy: "😊", calm: "😌", tired: "😴", worried: "😟", sad: "😢", angry: "😠" } satisfies Record<Mood, string>,
  energy: "Energy",
  energies: ["1, none", "2, little", "3, some", "4, good", "5, full"],
  energyOf: (energy: number) => `energy ${energy} of 5`,
  note: "Note",
  noteHint: "Optional. What happened, or what would help.",
  record: "Say it",
  change: "Change it",
  once: "Each of you says it once a day. Until the day ends you can change what you said.",
  saidToday: (word: string) => `You said today: ${word}.`,
  done: "Kept.",
  history: "Before",
  day: "Day",
  nothing: "Nothing was said in these days",
  nothingText: "When somebody says how the day feels, it stands here.",
  more: "How it went lately",
  trends: {
    up: (days: number) => `More energy of late, over ${days} days.`,
    down: (days: number) => `Less energy of late, over ${days} days.`,
    steady: (days: number) => `About the same energy over ${days} days.`,
    unknown: (days: number) => `${days === 1 ? "One day" : `${days} days`} so far: too few to say how it goes.`,
  },
};

/** Reasons of refusal in this part of the product. */
export const moodsProblems = {
  mood_missing: "Choose a mood.",
  energy_range: "Choose an energy from 1 to 5.",
  mood_not_yours: "Only the one who said it may change it. Say your own word beside it.",
  mood_day_over: "A mood can be changed only on the day it was said. That day is over.",
  range_too_long: "Ask for a year at most.",
  range_backwards: "Choose an end that is not before the start.",
};
