import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { memberships } from "#db/schema/schools.ts";
import { api, makeSchool, runJobs, signedIn, testContext, unique } from "#tests/world.ts";

type View = { id: string; kind: string; dryRun: boolean; status: string; created: number; already: number };

test("FAM-13: by the API as JSON or CSV, a dry run unless told otherwise, the same key and file once", async () => {
  const ctx = testContext(Date.now());
  const school = await makeSchool(ctx);
  const token = await signedIn(ctx, school.adminId, { steppedUp: true });
  const kid = unique("kid");
  const post = async (query: string, text: string, headers: Record<string, string>) => (await (await api("POST", `/admin/family-imports?schoolId=${school.schoolId}${query}`, { token, text, headers })).json()) as View;
  const after = async ({ id }: View) => {
    ctx.setNow(Date.now());
    await runJobs(ctx);
    return (await (await api("GET", `/admin/imports/${id}`, { token })).json()) as View;
  };
  const list = JSON.stringify({ families: [{ name: "Mutua", parents: [{ name: "Baba Mutua", phone: "0712 000 111" }], students: [{ name: kid, birthDate: "2014-01-01" }] }] });
  const tried = await post("", list, { "Content-Type": "application/json" });
  expect(await after(tried)).toMatchObject({ kind: "families", dryRun: true, status: "done", created: 1 });
  expect(await ctx.db.select().from(memberships).where(eq(memberships.schoolId, school.schoolId))).toHaveLength(1);
  const key = { "Content-Type": "application/json", "Idempotency-Key": unique("key") };
  const [once, twice] = [await post("&dryRun=false", list, key), await post("&dryRun=false", list, key)];
  expect(twice.id).toBe(once.id);
  expect(await after(once)).toMatchObject({ dryRun: false, created: 1 });
  const csv = `family;parent1Name;parent1Phone;student1Name;student1BirthDate\nMutua;Baba Mutua;+254 712-000-111;${kid};2014-01-01`;
  expect(await after(await post("&dryRun=false", csv, { "Content-Type": "text/csv" }))).toMatchObject({ created: 0, already: 1 });
  expect((await api("POST", `/admin/family-imports?schoolId=${school.schoolId}`, { token, text: "<html>", headers: { "Content-Type": "text/html" } })).status).toBe(415);
  expect((await api("POST", `/admin/family-imports?schoolId=${school.schoolId}`, { token, text: "[1", headers: { "Content-Type": "application/json" } })).status).toBe(400);
  expect((await api("POST", `/admin/family-imports?schoolId=${(await makeSchool(ctx)).schoolId}`, { token, text: list, headers: { "Content-Type": "application/json" } })).status).toBe(404);
});
