import type { ReactNode } from "react";
import type { Tone } from "./notice.tsx";

/** A state in a word, with a shape beside the colour. */
export function Tag({ tone = "info", children }: { tone?: Tone; children: ReactNode }) {
  return <span className="tag" data-tone={tone}>{children}</span>;
}
