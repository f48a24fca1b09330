import { describe, expect, test } from "vitest";
import type { Actor, Role, Ward } from "#app/domain/actor.ts";
import { childPageGroups, childPages, samePageFor } from "#app/domain/navigation/child-pages.ts";
import { sectionsFor } from "#app/domain/navigation/sections.ts";

const ward = (childId: string, more: Partial<Ward> = {}): Ward => ({
  guardianshipId: `gua_${childId}`, childId, name: childId, level: null, avatarKey: null, isPrimary: false, closed: [], canApprovePurchases: true, canScheduleLessons: true, canViewProgress: true, canTalkWithTeachers: true, ...more,
});

function reader({ roles = [], ...more }: Partial<Actor> & { roles?: Role[] } = {}): Actor {
  return {
    userId: "user_me", kind: "adult", name: "Me", email: null, emailVerified: true, username: null, avatarKey: null, locale: "en", timeZone: "UTC", session: { id: "sess_1", kind: "browser", steppedUpUntil: null },
    factors: { totp: false, passkey: false }, wards: [], memberships: roles.map((role) => ({ schoolId: "school_1", schoolName: "School", role })), familyIds: [], restrictedFrom: [], scopes: null, mustChangePassword: false, viewedBy: null,
    counts: { approvals: 0, notifications: 0, messages: 0 }, ...more,
  };
}

const names = (actor: Actor, path = "/home") => sectionsFor(actor, path).map(({ name }) => name);
const inBar = (actor: Actor) => sectionsFor(actor, "/home").flatMap(({ name, inBar: shown }) => (shown ? [name] : []));
const pagesOf = (actor: Actor, section: string, path = "/home") => sectionsFor(actor, path).find(({ name }) => name === section)?.pages.map(({ name }) => name);

describe("DASH-5: each sees the sections of their hats", () => {
  const guardian = reader({ wards: [ward("user_a")] });
  test.each([
    ["a guardian", guardian, ["home", "children", "messages", "finance", "support", "settings"], ["home", "children", "messages", "finance"]],
    ["somebody who has just come", reader(), ["home", "children", "messages", "finance", "support", "settings"], ["home", "children", "messages", "finance"]],
    ["a child", reader({ kind: "child", familyIds: ["fam_1"] }), ["home", "me", "schedule", "materials", "assignments", "shop", "requests", "messages", "support", "settings"], ["home", "me", "shop", "messages"]],
    ["a student whom a school brought", reader({ kind: "child", roles: ["student"] }), ["home", "me", "schedule", "materials", "assignments", "messages", "support", "settings"], ["home", "me", "assignments", "messages"]],
    ["a teacher", reader({ roles: ["teacher"] }), ["home", "students", "schedule", "materials", "assignments", "messages", "support", "settings"], ["home", "students", "assignments", "messages"]],
    ["a tutor", reader({ roles: ["tutor"] }), ["home", "students", "schedule", "materials", "assignments", "messages", "support", "settings"], ["home", "students", "assignments", "messages"]],
    ["other staff", reader({ roles: ["school_staff"] }), ["home", "messages", "support", "settings"], ["home", "messages", "support"]],
    ["an administrator", reader({ roles: ["school_admin"] }), ["home", "schedule", "admin", "messages", "support", "settings"], ["home", "admin", "messages", "support"]],
    ["a teacher with a family", reader({ roles: ["teacher", "parent"], wards: [ward("user_a")] }), ["home", "children", "students", "schedule", "materials", "assignments", "messages", "finance", "support", "settings"], ["home", "children", "students", "messages"]],
    ["all at once", reader({ roles: ["teacher", "school_owner"], familyIds: ["fam_1"] }), ["home", "children", "students", "schedule", "materials", "assignments", "admin", "messages", "finance", "support", "settings"], ["home", "children", "students", "messages"]],
  ])("%s", (_who, actor, all, bar) => {
    expect(names(actor)).toEqual(all);
    expect(inBar(actor)).toEqual(bar);
  });

  test("approvals, cards and the shop are for who may decide on money or lessons, or see the money", () => {
    expect([pagesOf(guardian, "home"), pagesOf(guardian, "children"), pagesOf(guardian, "finance")]).toEqual([["approvals"], ["timetable", "family", "buy"], ["history", "methods"]]);
    const viewer = reader({ wards: [ward("user_a", { canApprovePurchases: false, canScheduleLessons: false, canViewProgress: false })] });
    expect([pagesOf(viewer, "home"), pagesOf(viewer, "children"), pagesOf(viewer, "finance")]).toEqual([[], ["family"], ["history"]]);
    const scheduler = reader({ wards: [ward("user_a", { canApprovePurchases: false, canViewProgress: false })] });
    expect([pagesOf(scheduler, "home"), pagesOf(scheduler, "finance")]).toEqual([["approvals"], ["history"]]);
  });
});

test("DASH-5: one is in the section of which the path is a page, and in no other", () => {
  const actor = reader({ wards: [ward("user_a")], roles: ["school_admin"], counts: { approvals: 2, notifications: 3, messages: 4 } });
  const open = (path: string) => sectionsFor(actor, path).filter((section) => section.open).map(({ name, current, pages }) => [name, current, ...pages.flatMap((page) => (page.current ? [page.name, page.current] : []))]);
  expect(open("/home")).toEqual([["home", "page"]]);
  expect(open("/approvals/pur_1")).toEqual([["home", "true", "approvals", "true"]]);
  expect(open("/family")).toEqual([["children", "true", "family", "page"]]);
  expect(open("/children/user_a/budget")).toEqual([["children", "true"]]);
  expect(open("/admin/people")).toEqual([["admin", "true", "people", "page"]]);
  expect(open("/inbox")).toEqual([["messages", "true", "inbox", "page"]]);
  expect(open("/messages/announcements")).toEqual([["messages", "true", "announcements", "page"]]);
  expect(sectionsFor(actor, "/home").filter(({ name }) => name === "messages").map(({ waiting, pages }) => [waiting, ...pages.map((page) => [page.name, page.waiting])])).toEqual([[4, ["inbox", 3], ["announcements", 0]]]);
  expect(open("/nowhere")).toEqual([]);
  expect(sectionsFor(actor, "/home").map(({ name, waiting, pages }) => [name, waiting, ...pages.map((page) => page.waiting)]).slice(0, 4)).toEqual([["home", 0, 2], ["children", 0, 0, 0], ["schedule", 0], ["admin", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]);
});

test("DASH-5: a timetable stands once: within Children for a family, as a section for who teaches or learns", () => {
  const places = (actor: Actor) => sectionsFor(actor, "/home").flatMap((section) => [section, ...section.pages]).filter(({ href }) => href === "/schedule").map(({ name }) => name);
  expect([places(reader({ wards: [ward("user_a")] })), places(reader({ wards: [ward("user_a")], roles: ["teacher"] })), places(reader({ kind: "child" })), places(reader({ roles: ["student"] })), places(reader({ roles: ["school_staff"] }))]).toEqual([["timetable"], ["schedule"], ["schedule"], ["timetable"], []]);
});

test("DASH-5: turning to another child leads to the same page about it, or to its profile where that page is not open", () => {
  const actor = reader({ wards: [ward("user_a"), ward("user_b", { canApprovePurchases: false, canViewProgress: false })] });
  expect(samePageFor(actor, "/children/user_b/budget")("user_a")).toBe("/children/user_a/budget");
  expect(samePageFor(actor, "/children/user_a/budget")("user_b")).toBe("/children/user_b");
  expect(samePageFor(actor, "/settings/consent")("user_b")).toBe("/settings/consent?child=user_b");
  expect(samePageFor(actor, "/shop/plan_1")("user_a")).toBe("/shop?studentId=user_a");
  expect(samePageFor(actor, "/home")("user_a")).toBe("/children/user_a");
  expect(childPages(actor, "user_b").map(({ name }) => name)).toEqual(["profile", "schedule", "book", "consent", "privacy"]);
  expect(childPages(reader({ kind: "child" }), "user_me").map(({ href }) => href)).toContain("/children/user_me/account");
  expect(childPages(actor, "user_strange")).toEqual([]);
});

test("LRN-1: a child's page lists the others by what they are about: each but itself once, and no empty group", () => {
  const actor = reader({ wards: [ward("user_a"), ward("user_b", { canApprovePurchases: false, canViewProgress: false })] });
  const listed = childPageGroups(actor, "user_a").flatMap(({ pages }) => pages.map(({ name }) => name));
  expect(["profile", ...listed].sort()).toEqual(childPages(actor, "user_a").map(({ name }) => name as string).sort());
  expect(childPageGroups(actor, "user_b").map(({ group, pages }) => [group, ...pages.map(({ name }) => name)])).toEqual([["days", "schedule", "book"], ["privacy", "consent", "privacy"]]);
});

test("DASH-5: a child's own pages stand within its section, a budget only where there is a family's", () => {
  expect(pagesOf(reader({ kind: "child", familyIds: ["fam_1"] }), "me")).toEqual(expect.arrayContaining(["budget", "account"]));
  expect(pagesOf(reader({ kind: "child" }), "me")).not.toContain("budget");
});
