import type { Actor } from "../actor.ts";
import type { DataType } from "../consent/rules.ts";
import { can, canReadWard, type Action } from "../policy.ts";

const GROUPS = ["learning", "days", "money", "privacy"] as const;

type Row = { name: string; at: string; may: Action | ((actor: Actor, childId: string) => boolean); group?: (typeof GROUPS)[number] };

const sees = (dataType: DataType) => (actor: Actor, childId: string) => actor.userId === childId || canReadWard(actor, childId, dataType);
/** A budget is of the family's money: a student whom a school brought has none until then. */
const inFamily = (actor: Actor, childId: string) => actor.userId !== childId || actor.familyIds.length > 0;

/** The pages there are for each child, in the order in which they are listed: on the child's page and in the header's selector. `:id` is the child's place in the address. */
const rows = [
  { name: "profile", at: "/children/:id", may: "child:view" },
  { name: "learning", at: "/children/:id/learning", may: sees("progress"), group: "learning" },
  { name: "assignments", at: "/assignments?child=:id", may: sees("assessments"), group: "learning" },
  { name: "materials", at: "/children/:id/materials", may: sees("progress"), group: "learning" },
  { name: "goals", at: "/children/:id/goals", may: sees("progress"), group: "learning" },
  { name: "achievements", at: "/children/:id/achievements", may: sees("progress"), group: "learning" },
  { name: "schedule", at: "/schedule?child=:id", may: "lesson:view", group: "days" },
  { name: "book", at: "/book?child=:id", may: "lesson:ask", group: "days" },
  { name: "activity", at: "/children/:id/activity", may: sees("activity"), group: "days" },
  { name: "mood", at: "/children/:id/mood", may: sees("mood"), group: "days" },
  { name: "budget", at: "/children/:id/budget", may: (actor, childId) => inFamily(actor, childId) && can(actor, "budget:view", childId), group: "money" },
  { name: "account", at: "/children/:id/account", may: "account:view", group: "money" },
  { name: "buy", at: "/shop?studentId=:id", may: (actor, childId) => actor.userId !== childId && can(actor, "purchase:ask", childId), group: "money" },
  { name: "consent", at: "/settings/consent?child=:id", may: "consent:view", group: "privacy" },
  { name: "privacy", at: "/settings/privacy?child=:id", may: "consent:view", group: "privacy" },
] as const satisfies Row[];

const groupOf = new Map<string, Row["group"]>(rows.map((row: Row) => [row.name, row.group]));

export type ChildPage = { name: (typeof rows)[number]["name"]; href: string };

/** Those of the child's pages that this reader may open. */
export function childPages(actor: Actor, childId: string): ChildPage[] {
  return rows.filter((row) => mayOpen(row, actor, childId)).map(({ name, at }) => ({ name, href: at.replace(":id", childId) }));
}

/** The same by what they are about, as the child's own page lists them. */
export function childPageGroups(actor: Actor, childId: string) {
  const open = childPages(actor, childId);
  return GROUPS.map((group) => ({ group, pages: open.filter(({ name }) => groupOf.get(name) === group) })).filter(({ pages }) => pages.length > 0);
}

/** Where one goes from a path on turning to another child: to the same page about that one, or to its profile. */
export function samePageFor(actor: Actor, path: string): (childId: string) => string {
  const parts = path.split("/");
  const row = addressed.findLast(({ pattern }) => pattern.every((part, index) => (part === ":id" ? parts[index] !== undefined : part === parts[index])))?.row;
  return (childId) => (row && mayOpen(row, actor, childId) ? row : rows[0]).at.replace(":id", childId);
}

/** The pages with their paths in parts: a path is that page's, of whichever child, or lies beneath it. */
const addressed = rows.map((row) => ({ row, pattern: row.at.split("?")[0]!.split("/") }));

const mayOpen = ({ may }: Row, actor: Actor, childId: string) => (typeof may === "string" ? can(actor, may, childId) : may(actor, childId));
