import type { ReactNode } from "react";
import type { Section } from "#app/domain/navigation/sections.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { ChildPicker, type Ward } from "./child-picker.tsx";
import { ViewBanner } from "./view-banner.tsx";
import { Navigation } from "./navigation.tsx";

/** Who looks, where they can go, and whom they look after. Part of every signed-in page. */
export type ShellFacts = {
  name: string;
  /** Who looks through this person's eyes, and until when. */
  viewedBy: { name: string; until: number } | null;
  sections: Section[];
  wards: Ward[];
  /** The child the page is about, or the one last looked at. */
  chosen: string | null;
};

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
      {facts && <Navigation sections={facts.sections} path={path} icons={!lite} folded={folded} live={!lite && !facts.viewedBy} />}
      <main id="main" className={facts ? undefined : "solo"} tabIndex={-1}>{facts?.viewedBy && <ViewBanner name={facts.name} until={facts.viewedBy.until} />}{children}</main>
    </>
  );
}
