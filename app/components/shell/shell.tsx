import type { ReactNode } from "react";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { ChildPicker } from "./child-picker.tsx";
import { ViewBanner } from "./view-banner.tsx";
import { Navigation } from "./navigation.tsx";
import type { ShellFacts } from "./sections.ts";

/** The frame of every page: brand, whose page it is, where one can go. Signed out, only a calm sheet. */
export function Shell({ facts, aboutChild, path, lite, folded, children }: { facts: ShellFacts | null; aboutChild: string | undefined; path: string; lite: boolean; folded: boolean; children: ReactNode }) {
  const { m } = useLanguage();
  return (
    <>
      <a className="skip" href="#main">{m.shell.skipToContent}</a>
      <header>
        <a className="brand" href={facts ? "/home" : "/"}>{m.shell.brand}</a>
        {facts && <ChildPicker wards={facts.wards} chosen={aboutChild ?? facts.chosen} />}
      </header>
      {facts && <Navigation facts={facts} path={path} icons={!lite} folded={folded} />}
      <main id="main" className={facts ? undefined : "solo"} tabIndex={-1}>{facts?.viewedBy && <ViewBanner name={facts.name} until={facts.viewedBy.until} />}{children}</main>
    </>
  );
}
