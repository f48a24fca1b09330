import type { DemoPlanKey } from "./plans.ts";

/** One purchase of the past thirty days, or one that waits now. `day` counts back from today; `hour` is Nairobi's. */
export type DemoPurchase = {
  day: number;
  hour: number;
  child: "pp2" | "grade3" | "grade6" | "grade8" | "other-child";
  plan: DemoPlanKey;
  message?: string;
  /** Who answers, and how: each `hours` later. Nobody: it is decided by the rule, waits, or expires. */
  answers?: { by: "guardian" | "co-guardian" | "other-guardian" | "child"; act: "approve" | "deny" | "cancel"; hours: number; words?: string; overLimit?: boolean }[];
  /** The card is declined. */
  declined?: boolean;
};

export const history: DemoPurchase[] = [
  { day: 30, hour: 17, child: "grade3", plan: "reading" },
  { day: 29, hour: 16, child: "grade6", plan: "five-hours", message: "For fractions, before the test", answers: [{ by: "guardian", act: "approve", hours: 3, words: "Good idea" }] },
  { day: 28, hour: 18, child: "grade8", plan: "ten-hours", message: "Maths and physics", answers: [{ by: "co-guardian", act: "approve", hours: 5 }] },
  { day: 27, hour: 15, child: "pp2", plan: "reading" },
  { day: 26, hour: 19, child: "grade8", plan: "robotics", message: "Everybody in the club has one", answers: [{ by: "guardian", act: "approve", hours: 2 }, { by: "co-guardian", act: "deny", hours: 20, words: "Let us wait for the school's own kits" }] },
  { day: 25, hour: 17, child: "grade6", plan: "two-hours" },
  { day: 24, hour: 16, child: "grade3", plan: "five-hours", answers: [{ by: "guardian", act: "deny", hours: 4, words: "You still have hours left" }] },
  { day: 22, hour: 18, child: "grade8", plan: "two-hours" },
  { day: 21, hour: 17, child: "other-child", plan: "other-two-hours" },
  { day: 20, hour: 16, child: "grade6", plan: "robotics", message: "For the science fair", answers: [{ by: "guardian", act: "approve", hours: 6, words: "Share it with Imani" }] },
  { day: 19, hour: 15, child: "pp2", plan: "two-hours" },
  { day: 18, hour: 19, child: "grade8", plan: "ten-hours", answers: [] },
  { day: 16, hour: 17, child: "grade3", plan: "two-hours" },
  { day: 15, hour: 18, child: "grade8", plan: "ten-hours", message: "It ran out of time, so I ask again", answers: [{ by: "co-guardian", act: "approve", hours: 2 }] },
  { day: 14, hour: 16, child: "grade6", plan: "ten-hours", answers: [{ by: "child", act: "cancel", hours: 1 }] },
  { day: 13, hour: 17, child: "other-child", plan: "other-ten-hours", answers: [{ by: "other-guardian", act: "deny", hours: 9, words: "Next month" }] },
  { day: 12, hour: 16, child: "grade6", plan: "ten-hours", declined: true, answers: [{ by: "guardian", act: "approve", hours: 2 }] },
  { day: 11, hour: 18, child: "grade3", plan: "reading" },
  { day: 10, hour: 17, child: "grade8", plan: "five-hours", answers: [{ by: "guardian", act: "approve", hours: 14 }] },
  { day: 9, hour: 15, child: "pp2", plan: "reading" },
  { day: 8, hour: 19, child: "grade6", plan: "five-hours", answers: [{ by: "co-guardian", act: "approve", hours: 1, words: "Work well" }] },
  { day: 7, hour: 16, child: "grade8", plan: "two-hours" },
  { day: 5, hour: 17, child: "grade3", plan: "five-hours", answers: [{ by: "guardian", act: "approve", hours: 3 }] },
  { day: 4, hour: 18, child: "grade6", plan: "two-hours" },
  { day: 3, hour: 17, child: "other-child", plan: "other-two-hours" },
  // These wait now: one guardian decides, the primary decides, all decide together (and it passes the weekly limit).
  { day: 1, hour: 17, child: "grade3", plan: "ten-hours", message: "Mrs Wanjiru says I should practise more" },
  { day: 1, hour: 18, child: "grade6", plan: "robotics", message: "Mine is at school, I need one at home" },
  { day: 1, hour: 19, child: "grade8", plan: "camp", message: "Two friends from class are going", answers: [{ by: "co-guardian", act: "approve", hours: 2, words: "Fine by me" }] },
  { day: 1, hour: 20, child: "pp2", plan: "five-hours" },
];
