/** What a drawing carries for the enhancement script: the figures, and how each is said. */
export type ChartFacts = { labels: string[]; values: number[]; texts: string[]; limit?: ChartLimit | undefined };
export type ChartLimit = { value: number; /** As written in the table. */ text: string; /** As written on its line: "Limit KES 5,000". */ label: string };
