import type { ReactNode } from "react";

/** Says what will be here and how to begin. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return <div className="empty"><p className="notice-title">{title}</p>{children}</div>;
}
