import * as fc from "fast-check";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Write } from "#db/client.ts";
import { accessOf, mayKnow, mayRead, selectChildAccess } from "#db/child-access.ts";
import { consents } from "#db/schema/consent.ts";
import { guardianships, restrictions } from "#db/schema/families.ts";
import { users } from "#db/schema/identity.ts";
import { enrolments, memberships, subjects, tutorAssignments } from "#db/schema/schools.ts";
import { DAY } from "#app/domain/clock.ts";
import { readRule } from "#app/domain/consent/access.ts";
import { DATA_TYPES, RECIPIENTS } from "#app/domain/consent/rules.ts";
import { DomainError } from "#app/domain/errors.ts";
import { authorizeKnowing, authorizeRead, canRead } from "#app/domain/policy.ts";
import { actorOf, ALL_RIGHTS, makeFamily, makeSchool, makeUser, NOON, testContext, type Family } from "#tests/world.ts";

const ctx = testContext();
const db = ctx.db;
let family: Family;
let other: string;
beforeAll(async () => {
  family = await makeFamily(ctx);
  other = (await makeSchool(ctx)).schoolId;
});

/** Begun or not, ended or not, to the millisecond: ends are exclusive. */
const span = fc.record({ startsAt: fc.constantFrom(NOON - DAY, NOON, NOON + 1), endsAt: fc.constantFrom(null, null, NOON - 1, NOON, NOON + 1) });
const mostly = fc.constantFrom(true, true, true, false);
const held = fc.record({ role: fc.constantFrom("school_owner", "school_admin", "teacher", "teacher", "tutor", "tutor", "school_staff", "parent"), ours: mostly, active: mostly } as const);
const world = fc.record({
  guardian: fc.option(fc.record({ span, active: mostly, isPrimary: fc.boolean(), view: fc.boolean(), talk: fc.boolean() }), { freq: 2 }),
  roles: fc.uniqueArray(held, { maxLength: 4, selector: ({ role, ours }) => `${role} ${ours}` }),
  learns: fc.uniqueArray(fc.record({ ours: mostly, active: mostly }), { maxLength: 2, selector: ({ ours }) => ours }),
  taught: fc.array(fc.record({ span, ours: mostly, as: fc.constantFrom("teacher", "tutor") }), { maxLength: 3 }),
  assigned: fc.uniqueArray(fc.record({ span, ours: mostly }), { maxLength: 2, selector: ({ ours }) => ours }),
  restriction: fc.option(span, { freq: 6 }),
  settings: fc.uniqueArray(fc.record({ dataType: fc.constantFrom(...DATA_TYPES), recipient: fc.constantFrom(...RECIPIENTS), granted: fc.boolean(), until: fc.constantFrom(null, NOON - 1, NOON, NOON + 1) }), { maxLength: 40, selector: (cell) => `${cell.dataType} ${cell.recipient}` }),
});

/** A reader and a child for whom exactly this is true. */
async function build({ guardian, roles, learns, taught, assigned, restriction, settings }: (typeof world extends fc.Arbitrary<infer W> ? W : never)) {
  const [readerId, childId, teacherId] = [await makeUser(ctx, "adult"), await makeUser(ctx, "child"), family.adminId];
  const at = (ours: boolean) => (ours ? family.schoolId : other);
  const writes: Write[] = [
    ...(guardian ? [db.insert(guardianships).values({ id: ctx.ids.make("gua"), guardianId: readerId, childId, relationship: "parent", ...ALL_RIGHTS, canViewProgress: guardian.view, canTalkWithTeachers: guardian.talk, isPrimary: guardian.isPrimary, active: guardian.active, ...guardian.span, createdAt: NOON })] : []),
    ...roles.map(({ role, ours, active }) => db.insert(memberships).values({ id: ctx.ids.make("mem"), userId: readerId, schoolId: at(ours), role, active, createdAt: NOON })),
    ...learns.map(({ ours, active }) => db.insert(memberships).values({ id: ctx.ids.make("mem"), userId: childId, schoolId: at(ours), role: "student", active, createdAt: NOON })),
    ...taught.flatMap(({ span: dates, ours, as }) => {
      const subjectId = ctx.ids.make("sub");
      return [
        db.insert(subjects).values({ id: subjectId, schoolId: at(ours), name: subjectId, createdAt: NOON }),
        db.insert(enrolments).values({ id: ctx.ids.make("enr"), schoolId: at(ours), studentId: childId, subjectId, teacherId: as === "teacher" ? readerId : teacherId, tutorId: as === "tutor" ? readerId : null, ...dates, createdAt: NOON }),
      ];
    }),
    ...assigned.map(({ span: dates, ours }) => db.insert(tutorAssignments).values({ schoolId: at(ours), tutorId: readerId, studentId: childId, ...dates })),
    ...(restriction ? [db.insert(restrictions).values({ id: ctx.ids.make("rst"), childId, personId: readerId, schoolId: family.schoolId, reason: "Order", setBy: family.adminId, ...restriction, createdAt: NOON })] : []),
    ...settings.map((cell) => db.insert(consents).values({ childId, ...cell, setAt: NOON })),
  ];
  if (writes.length) await db.batch(writes as [Write, ...Write[]]);
  return { readerId, childId };
}

async function bothForms(readerId: string, childId: string) {
  const child = sql`users.id`;
  const columns = Object.fromEntries(DATA_TYPES.map((dataType) => [dataType, sql<number>`${mayRead(readerId, child, readRule(dataType), NOON)}`.as(dataType)]));
  const [[row], [inSql]] = await db.batch([
    selectChildAccess(db, { userId: readerId }, childId, NOON),
    db.select({ knows: sql<number>`${mayKnow(readerId, child, NOON)}`.as("knows"), ...columns }).from(users).where(sql`users.id = ${childId}`),
  ]);
  return { access: accessOf(row, { userId: readerId }, NOON), inSql: inSql as unknown as Record<string, number> };
}

test("CON-2: the decision for one child and the same decision in SQL agree in every world", async () => {
  const actor = await actorOf(ctx, family.guardianId);
  let opened = 0;
  await fc.assert(fc.asyncProperty(world, async (facts) => {
    const { readerId, childId } = await build(facts);
    const { access, inSql } = await bothForms(readerId, childId);
    const reader = { ...actor, userId: readerId };
    const knows = !access!.restricted && access!.capacities.length > 0;
    expect(inSql.knows, "knows").toBe(Number(knows));
    for (const dataType of DATA_TYPES) {
      expect(inSql[dataType], dataType).toBe(Number(canRead(reader, access, dataType)));
      opened += inSql[dataType]!;
    }
  }), { numRuns: 120 });
  // Of 1,200 cells about 150 are open; what is drawn differs each time.
  expect(opened, "the worlds are not all shut").toBeGreaterThan(20);
});

describe("CON-2: what a reader is told", () => {
  const reads = async (userId: string, childId: string) => {
    const [actor, [row]] = [await actorOf(ctx, userId), await selectChildAccess(db, { userId }, childId, NOON)];
    return { actor, access: accessOf(row, actor, NOON) };
  };
  const refusal = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      if (error instanceof DomainError) return { code: error.code, reason: error.reason, restrictedFrom: error.restrictedFrom };
      throw error;
    }
    return null;
  };

  test("nothing without a capacity, as of an unknown child", async () => {
    const stranger = await reads(await makeUser(ctx, "adult"), family.childId);
    const unknown = await reads(family.guardianId, "user_unknown");
    for (const { actor, access } of [stranger, unknown]) expect(refusal(() => authorizeRead(actor, access, "profile"))).toEqual({ code: "not_found", reason: "not_found", restrictedFrom: undefined });
  });

  test("that a closed cell is not shared, while the roster stays known", async () => {
    const { actor, access } = await reads(family.adminId, family.childId);
    expect(refusal(() => authorizeRead(actor, access, "mood"))).toMatchObject({ code: "forbidden", reason: "not_shared" });
    expect(authorizeKnowing(actor, access)).toEqual([{ as: "school_administration", schoolId: family.schoolId }]);
    expect(authorizeRead(actor, access, "contact").as).toBe("school_administration");
  });

  test("FAM-11: a restricted guardian gets the answer of an unknown child, recognisable only inside", async () => {
    const kept = await makeFamily(ctx);
    await db.insert(restrictions).values({ id: ctx.ids.make("rst"), childId: kept.childId, personId: kept.otherGuardianId, schoolId: kept.schoolId, reason: "Court order", setBy: kept.adminId, startsAt: NOON, createdAt: NOON });
    const { actor, access } = await reads(kept.otherGuardianId, kept.childId);
    expect(refusal(() => authorizeRead(actor, access, "profile"))).toEqual({ code: "not_found", reason: "not_found", restrictedFrom: kept.childId });
    expect(canRead(actor, access, "profile")).toBe(false);
  });
});
