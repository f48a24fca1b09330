import { eq, lt } from "drizzle-orm";
import { record } from "#app/domain/audit.server.ts";
import { commit } from "#db/client.ts";
import { DAY, HOUR, startOfDay, localDate } from "#app/domain/clock.ts";
import { setBudgetControl } from "#app/domain/budgets/set-budget-control.server.ts";
import { turnPeriods } from "#app/domain/budgets/turn-periods.server.ts";
import { hashPassword } from "#app/domain/identity/password-hash.server.ts";
import { approvePurchase } from "#app/domain/purchases/approve-purchase.server.ts";
import { cancelPurchase } from "#app/domain/purchases/cancel-purchase.server.ts";
import { denyPurchase } from "#app/domain/purchases/deny-purchase.server.ts";
import { expirePurchases, remindDeciders } from "#app/domain/purchases/expire-purchases.server.ts";
import { requestPurchase } from "#app/domain/purchases/request-purchase.server.ts";
import { setDecisionPolicy } from "#app/domain/purchases/set-decision-policy.server.ts";
import { history, type DemoPurchase } from "#db/demo/history.ts";
import { adults, children, DEMO_DOMAIN, DEMO_PASSWORD, DEMO_PIN, DEMO_TOTP_SECRET, families, student } from "#db/demo/people.ts";
import { policies, rules } from "#db/demo/plans.ts";
import * as tables from "#db/schema/index.ts";
import { clearDemoData } from "./clear.ts";
import { daysOf, ZONE } from "./days.ts";
import { insertDemoGrowth } from "./load-growth.ts";
import { insertDemoLessons } from "./load-lessons.ts";
import { insertDemoLife } from "./load-life.ts";
import { insertDemoMatter } from "./load-matter.ts";
import type { LivingWorld } from "./living.ts";
import { id, insertSchools, type Ids } from "./load-schools.ts";

const DECLINED_CARD = "pm_demo_declined";

const LOADED = "demo.loaded";

/** Loads the demo data unless it is there, whole. Answers whether it had to. */
export async function loadDemoOnce(world: LivingWorld): Promise<boolean> {
  if (await isLoaded(world)) return false;
  console.log("Loading demo data …");
  await clearDemoData(world); // what a load that was cut off left behind
  await loadDemoData(world);
  return true;
}

async function isLoaded({ ctx }: LivingWorld): Promise<boolean> {
  return (await ctx.db.select({ id: tables.auditEvents.id }).from(tables.auditEvents).where(eq(tables.auditEvents.action, LOADED)).get()) !== undefined;
}

/** People, schools, plans, lessons and learning as rows; the thirty days of purchases by living through them with the product's own operations. */
async function loadDemoData(world: LivingWorld): Promise<void> {
  const now = world.ctx.clock.now();
  const today = startOfDay(localDate(now, ZONE), ZONE);
  world.setNow(today - 45 * DAY);
  const ids = await insertPeople(world);
  const planIds = await insertSchools(world, ids, ZONE);
  await setRules(world, ids);
  const moments = history.map((purchase) => ({ purchase, at: Math.min(today - purchase.day * DAY + purchase.hour * HOUR, now - HOUR) })).sort((a, b) => a.at - b.at);
  let swept = 0;
  for (const { purchase, at } of moments) {
    swept = await sweep(world, swept, at);
    await live(world, purchase, at, now, ids, planIds);
  }
  await sweep(world, swept, now);
  const days = daysOf(world, now);
  await insertDemoLessons(world, ids, days);
  await insertDemoMatter(world, ids, days);
  await insertDemoGrowth(world, ids, days);
  await insertDemoLife(world, ids, days);
  world.setNow(now);
  await world.settle();
  await world.ctx.db.update(tables.notifications).set({ readAt: now }).where(lt(tables.notifications.createdAt, today - 2 * DAY));
  await commit(world.ctx.db, [record(world.ctx, null, { action: LOADED, subjectId: id(ids, "guardian") })]);
}

async function insertPeople({ ctx, setNow }: LivingWorld): Promise<Ids> {
  const at = ctx.clock.now();
  const ids: Ids = new Map();
  // One after the other, so that lists keep this order.
  const step = () => setNow(ctx.clock.now() + 1000);
  const [password, pin] = [await hashPassword(DEMO_PASSWORD), await hashPassword(DEMO_PIN)];
  for (const adult of adults) {
    step();
    const userId = ctx.ids.make("user");
    ids.set(adult.key, userId);
    await ctx.db.batch([
      ctx.db.insert(tables.users).values({ id: userId, kind: "adult", name: adult.name, email: `${adult.key}@${DEMO_DOMAIN}`, emailVerifiedAt: at, timeZone: ZONE, createdAt: at }),
      ctx.db.insert(tables.passwords).values({ userId, kind: "password", hash: password, changedAt: at }),
    ]);
  }
  for (const child of children) {
    step();
    const userId = ctx.ids.make("user");
    ids.set(child.key, userId);
    await ctx.db.batch([
      ctx.db.insert(tables.users).values({ id: userId, kind: "child", name: child.name, username: child.key, level: child.level, timeZone: ZONE, createdAt: at }),
      ctx.db.insert(tables.passwords).values({ userId, kind: "pin", hash: pin, changedAt: at }),
    ]);
  }
  step();
  const studentId = ctx.ids.make("user");
  ids.set(student.key, studentId);
  await ctx.db.batch([
    ctx.db.insert(tables.users).values({ id: studentId, kind: "child", name: student.name, email: `${student.key}@${DEMO_DOMAIN}`, username: student.key, level: student.level, birthDate: "2012-02-14", timeZone: ZONE, createdAt: at }),
    ctx.db.insert(tables.passwords).values({ userId: studentId, kind: "password", hash: password, changedAt: at }),
  ]);
  await ctx.db.insert(tables.totpFactors).values({ userId: id(ids, "secured"), sealedSecret: await ctx.vault.seal(DEMO_TOTP_SECRET), enabledAt: at });
  for (const family of families) {
    const familyId = ctx.ids.make("fam");
    await ctx.db.insert(tables.families).values({ id: familyId, name: family.name, address: family.address, currency: "KES", timeZone: ZONE, preferredProgrammes: ["CBC"], createdAt: at });
    for (const key of [...family.guardians, ...family.children]) await ctx.db.insert(tables.familyMembers).values({ familyId, userId: id(ids, key), role: (family.children as readonly string[]).includes(key) ? "student" : "guardian", joinedAt: at });
    for (const child of family.children) {
      for (const [index, guardian] of family.guardians.entries()) {
        const decides = guardian !== "viewer";
        await ctx.db.insert(tables.guardianships).values({
          id: ctx.ids.make("gua"), guardianId: id(ids, guardian), childId: id(ids, child), relationship: decides ? "parent" : "grandparent", isPrimary: index === 0, contactPriority: index + 1,
          canApprovePurchases: decides, canScheduleLessons: decides, canViewProgress: true, canTalkWithTeachers: decides, startsAt: at, createdAt: at,
        });
      }
    }
  }
  await insertCard({ ctx } as LivingWorld, id(ids, "guardian"), "pm_demo_guardian", true);
  return ids;
}

async function insertCard({ ctx }: LivingWorld, userId: string, providerRef: string, first: boolean): Promise<string> {
  const cardId = ctx.ids.make("card");
  if (first) await ctx.db.insert(tables.paymentCustomers).values({ userId, provider: "stripe", customerRef: "cus_demo_guardian" });
  await ctx.db.insert(tables.paymentMethods).values({ id: cardId, userId, provider: "stripe", providerRef, brand: "visa", last4: first ? "4242" : "0002", expMonth: 8, expYear: 2031, isDefault: first, createdAt: ctx.clock.now() });
  return cardId;
}

async function setRules(world: LivingWorld, ids: Ids): Promise<void> {
  const kes = (amount: number | null) => (amount === null ? null : { amount, currency: "KES" });
  for (const rule of rules) {
    await world.as(id(ids, rule.guardian), (actor) => setBudgetControl(world.ctx, actor, {
      childId: id(ids, rule.child), weeklyLimit: kes(rule.week), monthlyLimit: kes(rule.month), autoApproveUpTo: kes(rule.auto), approvalThreshold: kes(rule.threshold), rollover: rule.rollover,
    }));
  }
  for (const [child, policy] of Object.entries(policies)) await world.as(id(ids, "guardian"), (actor) => setDecisionPolicy(world.ctx, actor, id(ids, child), policy));
}

async function live(world: LivingWorld, purchase: DemoPurchase, at: number, now: number, ids: Ids, planIds: Ids): Promise<void> {
  const { ctx } = world;
  const childId = id(ids, purchase.child);
  world.setNow(at);
  const requestId = await world.as(childId, (actor) => requestPurchase(ctx, actor, childId, { planId: id(planIds, purchase.plan), message: purchase.message }));
  for (const answer of purchase.answers ?? []) {
    world.setNow(Math.min(at + answer.hours * HOUR, now));
    await world.as(id(ids, answer.by === "child" ? purchase.child : answer.by), async (actor) => {
      if (answer.act === "approve") await approvePurchase(ctx, actor, requestId, { note: answer.words, allowOverLimit: answer.overLimit ?? false });
      else if (answer.act === "deny") await denyPurchase(ctx, actor, requestId, { reason: answer.words ?? "No" });
      else await cancelPurchase(ctx, actor, requestId);
    });
  }
  if (purchase.declined) await payWith(world, requestId, DECLINED_CARD);
  await world.settle();
}

/** The card on file says no to this one. */
async function payWith({ ctx }: LivingWorld, requestId: string, providerRef: string): Promise<void> {
  const [payment] = await ctx.db.select().from(tables.payments).where(eq(tables.payments.requestId, requestId));
  if (!payment?.payerId) throw new Error("the declined payment has no card");
  const methodId = await insertCard({ ctx } as LivingWorld, payment.payerId, providerRef, false);
  await ctx.db.batch([
    ctx.db.update(tables.payments).set({ methodId }).where(eq(tables.payments.id, payment.id)),
    ctx.db.update(tables.paymentMethods).set({ removedAt: ctx.clock.now() }).where(eq(tables.paymentMethods.id, methodId)),
  ]);
}

/** The sweeps that would have run in between: once a day is enough to look the same. Answers the last. */
async function sweep(world: LivingWorld, since: number, until: number): Promise<number> {
  let last = since;
  for (let at = Math.max(since + DAY, until - 3 * DAY); at <= until; at += DAY) {
    world.setNow(at);
    await turnPeriods(world.ctx);
    await remindDeciders(world.ctx);
    await expirePurchases(world.ctx);
    last = at;
  }
  return last;
}
