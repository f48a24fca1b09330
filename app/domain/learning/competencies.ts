/** The seven core competencies of Kenya's curriculum, in its order: the spokes of the radar. */
export const COMPETENCIES = ["communication", "critical_thinking", "creativity", "citizenship", "digital_literacy", "learning_to_learn", "self_efficacy"] as const;
export type Competency = (typeof COMPETENCIES)[number];

/** Rubric levels from the lowest: their place in the list is their points, BE2 = 1 … EE1 = 8. They are never added up, averaged over subjects, or ranked. */
export const LEVELS = ["BE2", "BE1", "AE2", "AE1", "ME2", "ME1", "EE2", "EE1"] as const;
export type Level = (typeof LEVELS)[number];

export const pointsOf = (level: Level): number => LEVELS.indexOf(level) + 1;
export const levelOf = (points: number): Level => {
  const level = LEVELS[points - 1];
  if (!level) throw new Error(`no rubric level has ${points} points`);
  return level;
};
