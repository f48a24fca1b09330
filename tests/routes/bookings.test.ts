import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY, localDate } from "#app/domain/clock.ts";
import { availability, bookings, lessons } from "#db/schema/lessons.ts";
import { giveMinutes, makePair } from "#tests/operations/lessons/pair.ts";
import { testContext } from "#tests/world.ts";
import { visitor } from "#tests/visit.ts";

test("LES-4, LES-6: without a script a student books, a guardian agrees, and the lesson's attendance has its page", async () => {
  const { ctx, family, teacherId, enrolmentId } = await makePair({ ctx: testContext(Date.now()) });
  await giveMinutes(ctx, family, 600);
  const day = localDate(ctx.clock.now() + 3 * DAY, "Africa/Nairobi");
  await ctx.db.insert(availability).values([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ id: ctx.ids.make("avl"), teacherId, schoolId: family.schoolId, weekday, localStart: "14:00", localEnd: "18:00", timeZone: "Africa/Nairobi", createdAt: ctx.clock.now() })));
  const child = await visitor(ctx, family.childId);
  expect(await (await child.open("/book")).text()).toContain(`enrolment=${enrolmentId}`);
  const page = await (await child.open(`/book?child=${family.childId}&enrolment=${enrolmentId}`)).text();
  expect(page).toContain(`value="${day}T14:00+03:00"`);
  const asked = await child.post("/book", { act: "book", enrolmentId, minutes: "60", localStart: `${day}T14:00+03:00`, message: "Before the test" });
  expect(asked.status).toBe(303);
  const lesson = asked.headers.get("Location")!;
  const waiting = await (await child.open(lesson)).text();
  expect(waiting).toContain("Your guardians are asked");
  expect(waiting).not.toContain("Agree to this lesson");
  expect(await (await child.open("/schedule")).text()).toContain(`href="/book?child=${family.childId}"`);

  const guardian = await visitor(ctx, family.guardianId);
  expect(await (await guardian.open("/approvals")).text()).toContain("Before the test");
  expect(await (await guardian.open(lesson)).text()).toContain("Agree to this lesson");
  expect(await (await (await visitor(ctx, family.viewerId)).open(lesson)).text()).not.toContain("Agree to this lesson");
  const [booking] = await ctx.db.select().from(bookings).where(eq(bookings.studentId, family.childId));
  const answer = await guardian.post("/approvals", { outcome: "approved", bookingId: booking!.id });
  expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/approvals?just=approved"]);
  expect((await ctx.db.select().from(lessons).where(eq(lessons.id, booking!.lessonId)).get())!.status).toBe("scheduled");
  const again = await guardian.post("/approvals", { outcome: "denied", bookingId: booking!.id, reason: "Too late" });
  expect(again.status).toBe(409);
  expect(await (await guardian.open(`/schedule/${booking!.lessonId}/attendance`)).text()).toContain("Nothing is written about this lesson yet.");
});

test("LES-4: without a script a student takes back what waits, and the page says what happened", async () => {
  const { ctx, family, teacherId, enrolmentId } = await makePair({ ctx: testContext(Date.now()) });
  await giveMinutes(ctx, family, 60);
  const day = localDate(ctx.clock.now() + 3 * DAY, "Africa/Nairobi");
  await ctx.db.insert(availability).values([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ id: ctx.ids.make("avl"), teacherId, schoolId: family.schoolId, weekday, localStart: "14:00", localEnd: "18:00", timeZone: "Africa/Nairobi", createdAt: ctx.clock.now() })));
  const child = await visitor(ctx, family.childId);
  const lesson = (await child.post("/book", { act: "book", enrolmentId, minutes: "60", localStart: `${day}T14:00+03:00` })).headers.get("Location")!.split("?")[0]!;
  expect(await (await child.open(lesson)).text()).toContain("Take the request back");
  expect(await (await child.open(`${lesson}?ask=cancel`)).text()).toContain("60 minutes go back to the account.");
  const back = await child.post(lesson, { act: "cancel", scope: "one", expectedHours: "released", revision: "1" });
  expect([back.status, back.headers.get("Location")]).toEqual([303, `${lesson}?done=cancelled`]);
  const after = await (await child.open(lesson)).text();
  expect(after).toContain("cancelled it.");
  expect(after).not.toContain("Take the request back");
  const teacher = await visitor(ctx, teacherId);
  expect(await (await teacher.open("/schedule")).text()).toContain('href="/schedule/availability"');
});

test("LES-4: without a script a student asks for another time of a lesson that stands, and a teacher says when they can be booked", async () => {
  const { ctx, family, teacherId, set } = await makePair({ ctx: testContext(Date.now()) });
  const teacher = await visitor(ctx, teacherId);
  const [schoolId, at] = [family.schoolId, "/schedule/availability"];
  const wrong = await teacher.post(at, { act: "add-window", schoolId, weekday: "1", localStart: "18:00", localEnd: "14:00" });
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringMatching(/value="18:00"[\s\S]*The end comes after the start\./)]);
  for (const weekday of [1, 2, 3, 4, 5, 6, 7]) expect((await teacher.post(at, { act: "add-window", schoolId, weekday: String(weekday), localStart: "14:00", localEnd: "18:00" })).status).toBe(303);
  const monday = { act: "remove-window", schoolId, key: /name="key" value="(1 [^"]+)"/.exec(await (await teacher.open(at)).text())![1]! };
  for (const _twice of [1, 2]) await teacher.post(at, monday);
  expect(await ctx.db.select().from(availability).where(eq(availability.teacherId, teacherId))).toHaveLength(6);

  const days = [3, 4].map((ahead) => localDate(ctx.clock.now() + ahead * DAY, "Africa/Nairobi"));
  const to = days.find((day) => new Date(day).getUTCDay() !== 1)!;
  const lesson = `/schedule/${await set({ localStart: `${localDate(ctx.clock.now() + 2 * DAY, "Africa/Nairobi")}T10:00`, minutes: 50 })}`;
  const child = await visitor(ctx, family.childId);
  expect(await (await child.open(lesson)).text()).toContain(`href="${lesson}/move"`);
  expect(await (await child.open(`${lesson}/move`)).text()).toContain(`value="${to}T14:00+03:00"`);
  const refused = await child.post(`${lesson}/move`, { localStart: `${to}T19:00`, message: "Match day" });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringMatching(/does not offer this time[\s\S]*Match day/)]);
  const asked = await child.post(`${lesson}/move`, { localStart: `${to}T14:00+03:00`, message: "Match day" });
  expect([asked.status, asked.headers.get("Location")]).toEqual([303, `${lesson}?done=asked`]);
  const waiting = await (await child.open(lesson)).text();
  expect(waiting).toContain("Until they answer it stays where it is.");
  expect(waiting).not.toContain(`${lesson}/move`);
  expect(await (await child.open(`${lesson}/move`)).text()).toContain("The guardians are being asked about another time already.");
  expect(await (await (await visitor(ctx, family.guardianId)).open(lesson)).text()).toContain("Match day");
});
