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
