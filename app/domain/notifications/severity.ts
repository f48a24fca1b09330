export const SEVERITIES = ["info", "attention", "urgent"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Least severity that goes out by a channel; `none`: nothing does. */
export const THRESHOLDS = [...SEVERITIES, "none"] as const;
export type Threshold = (typeof THRESHOLDS)[number];

export const reaches = (severity: Severity, least: Threshold): boolean => least !== "none" && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
