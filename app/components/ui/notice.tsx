import type { ReactNode } from "react";

export type Tone = "info" | "done" | "waiting" | "refused";

/** Something to know before going on. Its tone is said by a shape and by its words, not by colour alone. */
export function Notice({ tone = "info", title, children }: { tone?: Tone; title?: string; children?: ReactNode }) {
  return (
    <div className="notice" data-tone={tone} role={tone === "refused" ? "alert" : "status"}>
      {title && <p className="notice-title">{title}</p>}
      {children}
    </div>
  );
}
