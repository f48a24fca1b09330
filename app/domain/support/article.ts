export const TOPICS = ["money", "family", "learning", "account", "talking"] as const;
export type Topic = (typeof TOPICS)[number];

/** One thing that Kinboard does, said plainly, with the page where one does it. */
export type Article = {
  slug: string;
  title: string;
  summary: string;
  /** Paragraphs. */
  text: string[];
  links: { href: string; label: string }[];
  /** What people call it, where the text does not. */
  alsoCalled: string;
};
