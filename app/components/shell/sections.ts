import type { IconName } from "./icon.tsx";

/** Who looks, and what waits for them. Part of every signed-in page. */
export type ShellFacts = {
  id: string;
  kind: "adult" | "child";
  name: string;
  administers: boolean;
  /** Who looks through this person's eyes, and until when. */
  viewedBy: { name: string; until: number } | null;
  teaches: boolean;
  counts: { approvals: number; notifications: number };
  wards: { id: string; name: string; picture: string | null }[];
  /** The child the page is about, or the one last looked at. */
  chosen: string | null;
};

export type Section = {
  name: IconName;
  href: string;
  /** In the bottom bar of a phone; the others stand behind "More". */
  inBar?: boolean;
  /** How many wait there. */
  waiting?: number;
};

/** The sections that exist for this person, in the order of the navigation. */
export function sectionsFor({ id, kind, administers, teaches, wards, counts }: ShellFacts): Section[] {
  // Who only works at a school has no children to look at and nothing to pay.
  const inBar = !(administers || teaches) || wards.length > 0;
  const inbox: Section = { name: "inbox", href: "/inbox", waiting: counts.notifications };
  const own: Section[] = kind === "child"
    ? [
        { name: "shop", href: "/shop", inBar: true },
        { name: "requests", href: "/requests", inBar: true },
        { name: "account", href: `/children/${id}/account` },
        inbox,
      ]
    : [
        { name: "approvals", href: "/approvals", waiting: counts.approvals },
        { name: "children", href: "/children", inBar },
        { name: "finance", href: "/finance", inBar },
        inbox,
        { name: "family", href: "/family" },
      ];
  const hidden = [...own].filter((section) => !section.inBar).reduce((sum, section) => sum + (section.waiting ?? 0), 0);
  return [
    { name: "home", href: "/home", inBar: true },
    ...own,
    ...(teaches ? [{ name: "students", href: "/students", inBar: !inBar } as const] : []),
    ...(administers ? [{ name: "admin", href: "/admin", inBar: !inBar } as const] : []),
    { name: "settings", href: "/settings" },
    { name: "more", href: "/more", inBar: true, waiting: hidden },
  ];
}

/** Whether a page lies in a section: `/children/c1/budget` is in `/children`. */
export const isWithin = (path: string, href: string) => path === href || path.startsWith(`${href}/`);
