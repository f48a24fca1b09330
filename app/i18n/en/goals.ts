import type { Competency } from "../../domain/learning/competencies.ts";
import type { Rule } from "../../domain/learning/goals/suggestions.ts";
import { learning } from "./learning.ts";

type Facts = Record<string, string | number>;
const competency = (name: unknown) => (learning.competencies[name as Competency] ?? String(name)).toLowerCase();

/** What each rule suggests, and the evidence it goes by. */
const suggested: Record<Rule, { title: (facts: Facts) => string; evidence: (facts: Facts) => string; name: string }> = {
  streak_lost: { name: "a lost streak", title: () => "Learn a little every day again", evidence: ({ longest }) => `There were once ${longest} days in a row with something done. Now there is none.` },
  little_evidence: { name: "a competency with little evidence", title: (facts) => `Show more of ${competency(facts.competency)}`, evidence: (facts) => `Of ${facts.all} pieces of evidence in three months, ${facts.count} ${facts.count === 1 ? "is" : "are"} about ${competency(facts.competency)}.` },
  late_work: { name: "work handed in late", title: () => "Hand work in on time", evidence: ({ late, of }) => `${late} of ${of} pieces of work in three months came after their time.` },
};

export const goals = {
  title: (name: string) => `${name}'s goals`,
  titleOwn: "Your goals",
  about: "What the family wants to reach, step by step.",
  areas: { academic: "Learning", behavioural: "Habits", creative: "Creating", health: "Health" },
  statuses: { active: "Under way", paused: "Paused", completed: "Reached", cancelled: "Given up" },
  turns: { active: "Take it up again", paused: "Pause it", completed: "It is reached", cancelled: "Give it up" },
  set: "Set a goal",
  setNow: "Set it",
  change: "Change",
  save: "Save",
  name: "What",
  nameHint: "Like “Read every evening”.",
  area: "Area",
  why: "Why it matters",
  whyHint: "Optional.",
  target: "Until when",
  targetHint: "Optional.",
  until: (date: string) => `until ${date}`,
  progress: "How far",
  percent: (percent: number) => `${percent}%`,
  step: "Note a step",
  stepPercent: "How far now, in percent",
  stepNote: "A word about it",
  stepNow: "Note it",
  course: (first: number, last: number, steps: number) => `From ${first}% to ${last}% in ${steps} steps.`,
  lastStep: (by: string, when: string) => `${by}, ${when}`,
  none: "No goals yet",
  noneText: "Set the first one: small, and for the next few weeks.",
  over: "Reached and given up",
  suggestions: "Suggested",
  suggestionsAbout: "Not by a person: rules looked at what is recorded, and each says at what.",
  byRule: (rule: string) => `Suggested by a rule: ${rule}.`,
  rules: suggested,
  accept: "Take it up",
  dismiss: "Not this one",
  remove: "Remove",
  removeTitle: (title: string) => `Remove “${title}”`,
  removeConsequence: "The goal and its steps are gone for good.",
  keep: "Leave it as it is",
  done: { created: "The goal is set.", changed: "Changed.", step: "The step is noted.", removed: "Removed.", accepted: "It is a goal now.", dismissed: "It will not be suggested again." } as Record<string, string>,
};

/** Reasons of refusal in this part of the product. */
export const goalsProblems = {
  goal_title_missing: "Say what the goal is.",
  goal_percent: "Enter a whole number from 0 to 100.",
  goal_over: "This goal is reached or given up. Take it up again first.",
  suggestion_over: "This was answered already, or the records no longer suggest it.",
};
