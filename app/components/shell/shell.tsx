import type { ReactNode } from "react";
import { useLanguage } from "#app/i18n/use-messages.ts";

export type ShellFacts = { kind: "adult" | "child"; name: string; administers: boolean; counts: { approvals: number; notifications: number } };

export function Shell({ facts, path, children }: { facts: ShellFacts | null; path: string; children: ReactNode }) {
  const { m } = useLanguage();
  return (
    <>
      <a className="skip" href="#main">{m.shell.skipToContent}</a>
      <header><a href={facts ? "/home" : "/"}>{m.shell.brand}</a></header>
      {facts && <nav aria-label={m.shell.navigation}><a href="/home" aria-current={path === "/home" ? "page" : undefined}>{m.shell.home}</a></nav>}
      <main id="main">{children}</main>
    </>
  );
}
