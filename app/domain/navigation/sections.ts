import type { Actor } from "../actor.ts";
import type { Counters } from "../chat/protocol.ts";
import { can } from "../policy.ts";
import { childPages, type ChildPage } from "./child-pages.ts";

/** What somebody is here. One may wear several hats; who works at a school and looks after nobody has no `family`. */
type Hat = "family" | "child" | "teaching" | "administration";

type PlaceRow = { name: string; href: string; for?: Hat[]; may?: (actor: Actor) => boolean; waiting?: keyof Actor["counts"] };

/** The live counter of the same. */
const LIVE = { approvals: "approvals", notifications: "alerts", messages: "messages" } as const satisfies Record<keyof Actor["counts"], keyof Counters>;
/** `bar`: the four with the lowest number stand in a phone's bottom bar, the others behind More. */
type SectionRow = PlaceRow & { bar?: number; pages?: PlaceRow[] };

const decides = (actor: Actor) => actor.wards.some((ward) => ward.canApprovePurchases);
/** Purchases, or lessons. */
const answers = (actor: Actor) => actor.wards.some((ward) => ward.canApprovePurchases || ward.canScheduleLessons);
const buys = (actor: Actor) => actor.wards.some((ward) => can(actor, "purchase:ask", ward.childId));
/** What people wrote to each other is for no third one's eyes. */
const isOneself = (actor: Actor) => actor.viewedBy === null;
const works = (actor: Actor) => actor.memberships.some(({ role }) => ["teacher", "tutor", "school_admin", "school_owner"].includes(role));
const announces = (actor: Actor) => actor.memberships.some(({ role }) => role === "teacher" || role === "school_admin" || role === "school_owner");
const inFamily = (actor: Actor) => actor.familyIds.length > 0;
const hasChild = (actor: Actor) => actor.kind === "child" || actor.wards.length > 0;

const hasTimetable = (actor: Actor) => actor.kind === "child" || actor.wards.some((ward) => can(actor, "lesson:view", ward.childId)) || actor.memberships.some(({ role }) => role !== "parent" && role !== "school_staff");

/** Every section in the order of the navigation, with the pages within: for everybody, or for those who wear one of the hats. What has no page yet does not stand here. `:me` is the reader. */
const rows = [
  { name: "home", href: "/home", bar: 1, pages: [{ name: "approvals", href: "/approvals", for: ["family"], may: answers, waiting: "approvals" }] },
  { name: "children", href: "/children", for: ["family"], bar: 2, pages: [{ name: "timetable", href: "/schedule", may: (actor) => hasTimetable(actor) && !works(actor) }, { name: "family", href: "/family" }, { name: "buy", href: "/shop", may: buys }] },
  { name: "me", href: "/children/:me", for: ["child"], bar: 2 },
  { name: "students", href: "/students", for: ["teaching"], bar: 3 },
  { name: "schedule", href: "/schedule", for: ["child", "teaching", "administration"] },
  { name: "materials", href: "/materials", for: ["child", "teaching"] },
  { name: "assignments", href: "/assignments", for: ["child", "teaching"], bar: 7 },
  {
    name: "admin", href: "/admin", for: ["administration"], bar: 6,
    pages: [
      { name: "people", href: "/admin/people" }, { name: "enrolments", href: "/admin/enrolments" }, { name: "import", href: "/admin/import" }, { name: "families", href: "/admin/families" },
      { name: "plans", href: "/admin/plans" }, { name: "payments", href: "/admin/payments" }, { name: "moderation", href: "/admin/moderation" }, { name: "audit", href: "/admin/audit" }, { name: "integrations", href: "/admin/integrations" }, { name: "school", href: "/admin/school" },
    ],
  },
  { name: "shop", href: "/shop", for: ["child"], may: inFamily, bar: 5 },
  { name: "requests", href: "/requests", for: ["child"], may: inFamily, bar: 6 },
  { name: "messages", href: "/messages", may: isOneself, bar: 4, waiting: "messages", pages: [{ name: "inbox", href: "/inbox", waiting: "notifications" }, { name: "announcements", href: "/messages/announcements", may: announces }] },
  { name: "finance", href: "/finance", for: ["family"], bar: 7, pages: [{ name: "history", href: "/finance/history" }, { name: "methods", href: "/finance/methods", may: decides }] },
  { name: "support", href: "/support", bar: 9, pages: [{ name: "tickets", href: "/support/tickets", may: (actor) => actor.kind === "adult" }] },
  {
    name: "settings", href: "/settings",
    pages: [{ name: "you", href: "/settings/profile" }, { name: "security", href: "/settings/security" }, { name: "notifications", href: "/settings/notifications" }, { name: "calendar", href: "/settings/calendar", may: hasTimetable }, { name: "privacy", href: "/settings/privacy", may: hasChild }, { name: "consent", href: "/settings/consent", may: hasChild }],
  },
] as const satisfies SectionRow[];

type SectionName = (typeof rows)[number]["name"];
type PageName = Extract<(typeof rows)[number], { pages: unknown }>["pages"][number]["name"] | ChildPage["name"];
/** `counter`: of what `waiting` is the number. */
type Place<Name> = { name: Name; href: string; waiting: number; counter: keyof Counters | undefined; current: "page" | "true" | undefined };
/** `open`: the reader is within. */
export type Section = Place<SectionName> & { inBar: boolean; open: boolean; pages: Place<PageName>[] };

const IN_BAR = 4;

/** The sections that exist for this person, as seen from a path. */
export function sectionsFor(actor: Actor, path: string): Section[] {
  const hats = hatsOf(actor);
  const shown = (rows as readonly SectionRow[]).filter((row) => isFor(row, actor, hats));
  const bar = shown.filter((row) => row.bar).sort((one, other) => one.bar! - other.bar!).slice(0, IN_BAR);
  return shown.map((row) => {
    const own = row.name === "me" ? childPages(actor, actor.userId).filter(({ name, href }) => name !== "materials" && isWithin(href, `/children/${actor.userId}`)) : [];
    const pages = [...own, ...(row.pages ?? []).filter((page) => isFor(page, actor, hats))].map((page) => placeOf<PageName>(page as PlaceRow, actor, path));
    const place = placeOf<SectionName>(row, actor, path);
    const open = place.current !== undefined || pages.some((page) => page.current);
    return { ...place, current: place.current ?? (open ? "true" : undefined), open, pages, inBar: bar.includes(row) };
  });
}

function hatsOf(actor: Actor): Hat[] {
  if (actor.kind === "child") return ["child"];
  const holds = (...roles: string[]) => actor.memberships.some(({ role }) => roles.includes(role));
  const [teaching, administration] = [holds("teacher", "tutor"), holds("school_admin", "school_owner")];
  const works = teaching || administration || holds("school_staff");
  return [...(actor.wards.length > 0 || actor.familyIds.length > 0 || !works ? ["family" as const] : []), ...(teaching ? ["teaching" as const] : []), ...(administration ? ["administration" as const] : [])];
}

const isFor = (row: PlaceRow, actor: Actor, hats: Hat[]) => (row.for?.some((hat) => hats.includes(hat)) ?? true) && (row.may?.(actor) ?? true);

function placeOf<Name>(row: PlaceRow, actor: Actor, path: string): Place<Name> {
  const href = row.href.replace(":me", actor.userId);
  return { name: row.name as Name, href, waiting: row.waiting ? actor.counts[row.waiting] : 0, counter: row.waiting && LIVE[row.waiting], current: path === href ? "page" : isWithin(path, href) ? "true" : undefined };
}

const isWithin = (path: string, href: string) => path.startsWith(`${href}/`);
