/** What a drawing carries for the enhancement script: the figures, and how each is said. `scale`: names of the steps of a fixed scale, from 1. */
export type ChartFacts = { kind: "bar" | "line" | "radar"; labels: string[]; values: (number | null)[]; texts: string[]; limit?: ChartLimit | undefined; scale?: string[] | undefined };
export type ChartLimit = { value: number; /** As written in the table. */ text: string; /** As written on its line: "Limit KES 5,000". */ label: string };
