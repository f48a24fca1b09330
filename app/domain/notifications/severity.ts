const SEVERITIES = ["info", "attention", "urgent"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Least severity that goes out by a channel; `none`: nothing does. */
export const THRESHOLDS = [...SEVERITIES, "none"] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** What is told in any case, so that its owner notices when it was not them. */
const ALWAYS = "security.";

export const goesOut = (told: { type: string; severity: Severity }, least: Threshold): boolean =>
  told.type.startsWith(ALWAYS) || (least !== "none" && SEVERITIES.indexOf(told.severity) >= SEVERITIES.indexOf(least));
