import type { DataType } from "../../consent/rules.ts";
import type { Streaks } from "../activity/rules.ts";
import { COMPETENCIES, type Competency } from "../competencies.ts";
import type { Area } from "./rules.ts";

/** What the rules look at: the child's own records, and of these only what the reader may see. Null: not theirs to see. */
export type Records = {
  streaks: Streaks | null;
  /** How much speaks for each competency of late. */
  evidence: Partial<Record<Competency, number>> | null;
  /** First attempts of late, and how many of them came after their time. */
  work: { handedIn: number; late: number } | null;
};

export type Suggestion = { rule: Rule; facts: Record<string, string | number>; area: Area };

const WORTH_A_STREAK = 5;
const ENOUGH_EVIDENCE = 6;
const LITTLE = 2;
const OFTEN_LATE = 2;

/** Each rule: what it reads, and what it makes of that. A rule names no one but the child, and its facts are the evidence that the page shows. */
export const RULES = {
  streak_lost: {
    reads: "activity",
    suggest: ({ streaks }: Records) => (streaks && streaks.current === 0 && streaks.longest >= WORTH_A_STREAK ? { area: "behavioural" as const, facts: { longest: streaks.longest } } : null),
  },
  little_evidence: {
    reads: "progress",
    suggest: ({ evidence }: Records) => {
      const counts = COMPETENCIES.map((competency) => ({ competency, count: evidence?.[competency] ?? 0 }));
      const least = counts.reduce((one, other) => (other.count < one.count ? other : one));
      const all = counts.reduce((sum, { count }) => sum + count, 0);
      // Where little is written down of anything, it says nothing of the one.
      return evidence && all >= ENOUGH_EVIDENCE && least.count < LITTLE ? { area: "academic" as const, facts: { competency: least.competency, count: least.count, all } } : null;
    },
  },
  late_work: {
    reads: "assessments",
    suggest: ({ work }: Records) => (work && work.late >= OFTEN_LATE && work.late * 3 >= work.handedIn ? { area: "behavioural" as const, facts: { late: work.late, of: work.handedIn } } : null),
  },
} satisfies Record<string, { reads: DataType; suggest: (records: Records) => Omit<Suggestion, "rule"> | null }>;
export type Rule = keyof typeof RULES;

/** What makes two suggestions the same one, whatever the figures. */
export const keyOf = ({ rule, facts }: { rule: string; facts: Record<string, string | number> }): string => (facts.competency === undefined ? rule : `${rule}:${facts.competency}`);

/** What the records suggest now, without what was suggested before, whether it was taken up or not. */
export function suggestionsFrom(records: Records, answered: readonly string[]): Suggestion[] {
  return (Object.keys(RULES) as Rule[]).flatMap((rule) => {
    const found = RULES[rule].suggest(records);
    return found && !answered.includes(keyOf({ rule, facts: found.facts })) ? [{ rule, ...found }] : [];
  });
}
