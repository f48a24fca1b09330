import { expect, test } from "vitest";
import { DAY, HOUR } from "#app/domain/clock.ts";
import { overlap } from "#app/domain/lessons/rules.ts";
import { daysOf } from "#scripts/demo/days.ts";
import { planDemoLessons } from "#scripts/demo/load-lessons.ts";
import type { Ids } from "#scripts/demo/load-schools.ts";
import type { LivingWorld } from "#scripts/demo/living.ts";

/** Every key is its own id, and what is made counts up. */
const ids = { get: (key: string) => key } as Ids;
let made = 0;
const world = { ctx: { ids: { make: (prefix: string) => `${prefix}_${made++}` } }, setNow: () => undefined } as unknown as LivingWorld;

test("OPS-2, LES-3: on whatever day and hour the demo is loaded, nobody is in two places, and both questions wait for an answer", () => {
  for (let now = Date.parse("2026-11-22T22:00:00Z"); now < Date.parse("2026-11-22T22:00:00Z") + 7 * DAY; now += 5 * HOUR) {
    const { plan: { slots, lessons, held }, bookings } = planDemoLessons(ids, daysOf(world, now));
    const clashes = slots.filter((slot, at) => slots.slice(at + 1).some((other) => other.lessonId !== slot.lessonId && (other.teacherId === slot.teacherId || other.studentId === slot.studentId) && overlap(slot, other)));
    expect([new Date(now).toISOString(), clashes]).toEqual([new Date(now).toISOString(), []]);
    expect(bookings.every(({ startsAt, expiresAt }) => expiresAt > now && startsAt > now)).toBe(true);
    expect(lessons.filter(({ startsAt }) => startsAt > now).length).toBeGreaterThan(20);
    expect(new Set(held.map(({ status }) => status))).toEqual(new Set(["present", "late", "absent", "excused"]));
  }
});
