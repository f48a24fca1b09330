import { beforeAll, describe, expect, test } from "vitest";
import { ask, PASSWORD, person, signIn, token } from "./browser.ts";
import { chooseScenario, deliveries, rows, until } from "./behind.ts";

/**
 * Q-4, the main job, from one file with one parameter: a child asks for three purchases of different size. The first is approved by the
 * rule, the second by a guardian after step-up, the third needs its decision policy. The card is charged once, though the webhook comes three times.
 */
type Page = Awaited<ReturnType<typeof person>>["page"];
type Money = { amount: number; currency: string };
type Period = { kind: "week" | "month"; limit: Money; reserved: Money; spent: Money; left: Money };
type Request = { id: string; status: string; band: string; payment: null | { id: string; status: string } };

const BOUGHT = [{ plan: "2 hours of tutoring", price: 50_000, minutes: 120 }, { plan: "5 hours of tutoring", price: 120_000, minutes: 300 }, { plan: "Robotics kit", price: 650_000, minutes: 0 }] as const;

beforeAll(() => chooseScenario({ webhook: "duplicate" }));

describe.each([{ scripts: true, child: "grade3", name: "Baraka" }, { scripts: false, child: "pp2", name: "Zawadi" }])("with scripts: $scripts", ({ scripts, child, name }) => {
  test("BUD-1, BUD-2, PUR-1, PUR-2, PUR-3, AUTH-8, PAY-1, PAY-6, PAY-11: asked, decided, paid once, and every book agrees", async () => {
    const [pupil, guardian, other] = [await person({ scripts }), await person({ scripts }), await person({ scripts })];
    const bearer = await token("guardian@");
    const childId = (await ask<{ items: { id: string; username: string }[] }>(bearer, "/children")).items.find((found) => found.username === child)!.id;
    const weekBefore = await weekOf(bearer, childId);
    const hoursBefore = (await ask<{ hours: number }>(bearer, `/students/${childId}/account`)).hours;

    // The guardian's rule: up to 500 by itself, from 5,000 on both guardians.
    await signIn(guardian.page, "guardian@");
    await guardian.page.goto(`/children/${childId}/budget?change`);
    for (const [field, amount] of [["weeklyLimit", "50000"], ["monthlyLimit", "200000"], ["autoApproveUpTo", "500"], ["approvalThreshold", "5000"]] as const) await guardian.page.locator(`input[name="${field}"]`).fill(amount);
    await guardian.page.locator('form:has(input[name="act"][value="rule"]) button').click();
    await guardian.page.waitForURL("**/budget?saved");
    await guardian.page.locator('a[href$="?change"]').click();
    await guardian.page.locator('input[name="policy"][value="all"]').check();
    await guardian.page.locator('form:has(input[name="act"][value="policy"]) button').click();
    await guardian.page.waitForURL("**/budget?saved");
    expect(await guardian.page.locator(".summary").textContent()).toContain("All guardians together");

    // The child asks three times.
    await signIn(pupil.page, child);
    const ids: string[] = [];
    for (const { plan } of BOUGHT) ids.push(await askFor(pupil.page, plan, `${plan}, please`));
    const [small, middle, large] = ids as [string, string, string];
    expect(await find(bearer, small)).toMatchObject({ status: "approved", band: "automatic" });
    expect(await find(bearer, middle)).toMatchObject({ status: "pending", band: "single" });
    expect(await find(bearer, large)).toMatchObject({ status: "pending", band: "policy" });

    // One guardian decides on the second, proving who they are: the note is not typed again.
    await guardian.page.goto("/approvals");
    await guardian.page.locator(`a[href="/approvals/${middle}"]`).first().click();
    await guardian.page.waitForURL(`**/approvals/${middle}`);
    await approve(guardian.page, "Work well");
    await confirm(guardian.page);
    await guardian.page.waitForURL(`**/approvals/${middle}?just=approved`);
    expect(await guardian.page.locator("main").innerText()).toContain("Work well");
    expect(await find(bearer, middle)).toMatchObject({ status: "approved" });

    // The third needs both.
    await guardian.page.goto(`/approvals/${large}`);
    await approve(guardian.page, "");
    await guardian.page.waitForURL(`**/approvals/${large}?just=approved`);
    expect(await find(bearer, large)).toMatchObject({ status: "pending" });
    await signIn(other.page, "co-guardian@");
    await other.page.goto(`/approvals/${large}`);
    await approve(other.page, "");
    await confirm(other.page);
    await other.page.waitForURL(`**/approvals/${large}?just=approved`);
    expect(await find(bearer, large)).toMatchObject({ status: "approved" });

    // Each is paid once.
    for (const id of ids) expect(await until(() => find(bearer, id), (found) => found.payment?.status === "succeeded")).toMatchObject({ payment: { status: "succeeded" } });
    const payments = rows<{ id: string; requestId: string; intentRef: string }>("SELECT id, request_id AS requestId, intent_ref AS intentRef FROM payments WHERE request_id IN (?, ?, ?)", ...ids);
    expect(payments.map((payment) => payment.requestId).sort()).toEqual([...ids].sort());
    const told = await until(deliveries, (list) => list.filter((sent) => sent.type === "payment_intent.succeeded" && sent.answer === 200).length % 3 === 0);
    expect(told.filter((sent) => sent.type === "payment_intent.succeeded").length).toBeGreaterThanOrEqual(9);

    // Budget, account, ledger and audit log agree.
    const spent = BOUGHT.reduce((sum, { price }) => sum + price, 0);
    const week = await weekOf(bearer, childId);
    expect(week.spent.amount - weekBefore.spent.amount).toBe(spent);
    expect(week.reserved.amount).toBe(weekBefore.reserved.amount);
    expect(week.limit.amount).toBeGreaterThanOrEqual(5_000_000); // more where last week's rest rolled over
    expect(week.left.amount).toBe(week.limit.amount - week.spent.amount - week.reserved.amount);
    const account = await ask<{ hours: number }>(bearer, `/students/${childId}/account`);
    expect(account.hours - hoursBefore).toBe(BOUGHT.reduce((sum, { minutes }) => sum + minutes, 0) / 60);
    expect(await ask(await token("admin@"), "/admin/ledger/verification")).toMatchObject({ balanced: true, problems: [] });
    const ledger = rows<{ kind: string; unit: string; sum: number; n: number }>("SELECT kind, unit, sum(amount) AS sum, count(*) AS n FROM ledger_entries WHERE payment_id IN (?, ?, ?) GROUP BY kind, unit ORDER BY kind", ...payments.map((payment) => payment.id));
    expect(ledger).toEqual([{ kind: "hours", unit: "minutes", sum: 420, n: 2 }, { kind: "payment", unit: "KES", sum: spent, n: 3 }, { kind: "purchase", unit: "KES", sum: spent, n: 3 }]);
    const audit = rows<{ action: string; n: number }>("SELECT action, count(*) AS n FROM audit_events WHERE subject_id IN (?, ?, ?) GROUP BY action ORDER BY action", ...ids);
    expect(audit).toEqual([{ action: "purchase.approval_given", n: 1 }, { action: "purchase.approved", n: 3 }, { action: "purchase.asked", n: 3 }]);

    // The child is told, and sees what it has.
    await pupil.page.goto(`/requests/${middle}`);
    expect(await pupil.page.locator("main").innerText()).toContain("Work well");
    expect(await pupil.page.locator("body").innerText()).toContain(name);
    expect([...pupil.complaints, ...guardian.complaints, ...other.complaints]).toEqual([]);
    for (const one of [pupil, guardian, other]) await one.context.close();
  });
});

const find = (bearer: string, id: string) => ask<Request>(bearer, `/purchase-requests/${id}`);
const weekOf = async (bearer: string, childId: string) => (await ask<{ periods: Period[] }>(bearer, `/children/${childId}/budget`)).periods.find((period) => period.kind === "week")!;

/** Through the shop, by links and a form, to the request's own page; answers its id. */
async function askFor(page: Page, plan: string, message: string): Promise<string> {
  await page.goto("/shop");
  await page.getByRole("link", { name: plan, exact: true }).first().click();
  await page.waitForURL("**/shop/plan_*");
  await page.locator('input[name="message"], textarea[name="message"]').fill(message);
  await page.locator('form:has([name="message"]) button').click();
  await page.waitForURL("**/requests/*");
  return new URL(page.url()).pathname.split("/").at(-1)!;
}

async function approve(page: Page, note: string): Promise<void> {
  const form = page.locator('form:has(input[name="act"][value="approve"])');
  await form.locator('[name="note"]').fill(note);
  await form.locator("button").click();
}

/** The step-up that stands between an act and its doing. */
async function confirm(page: Page): Promise<void> {
  const form = page.locator('form[action="/step-up"]');
  await form.locator('input[type="password"]').fill(PASSWORD);
  await form.locator('button:not([type="button"])').first().click();
}
