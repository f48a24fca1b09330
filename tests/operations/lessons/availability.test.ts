import { expect, test } from "vitest";
import { DAY } from "#app/domain/clock.ts";
import { changeAvailability, getAvailability, setAvailability } from "#app/domain/lessons/availability.server.ts";
import { AvailabilityAct } from "#app/domain/lessons/availability-inputs.ts";
import { makePair, refusal } from "./pair.ts";

test("LES-4: a teacher says step by step when they can be booked and are away; what is taken out twice takes out nothing else", async () => {
  const { ctx, family, teacher, guardian } = await makePair();
  const does = (act: object, actor = teacher) => changeAvailability(ctx, actor, family.schoolId, AvailabilityAct.parse(act));
  const said = () => getAvailability(ctx, teacher, family.schoolId);
  const [morning, evening] = [{ weekday: 2, localStart: "08:00", localEnd: "12:00", timeZone: "Africa/Nairobi" }, { weekday: 2, localStart: "20:00", localEnd: "00:00", timeZone: "Africa/Nairobi" }];
  for (const { timeZone: _zone, ...window } of [morning, evening]) await does({ act: "add-window", ...window, weekday: "2" });
  await does({ act: "add-absence", startsOn: "2026-12-24", lastDay: "2026-12-26" });
  await does({ act: "add-absence", startsOn: "2027-01-01", lastDay: "2027-01-01" });
  const [holidays, newYear] = [{ startsOn: "2026-12-24", endsOn: "2026-12-27" }, { startsOn: "2027-01-01", endsOn: "2027-01-02" }];
  expect(await said()).toEqual({ schoolId: family.schoolId, windows: [morning, evening], absences: [holidays, newYear] });

  expect(await refusal(does({ act: "add-window", weekday: "3", localStart: "12:00", localEnd: "12:00" }))).toBe("localEnd: window_ends_before_start");
  expect(await refusal(does({ act: "add-absence", startsOn: "2026-12-24", lastDay: "2026-12-23" }))).toBe("lastDay: absence_ends_before_start");
  expect(await refusal(does({ act: "add-absence", startsOn: "2026-12-24", lastDay: "2026-12-24" }, guardian))).toBe("not_found");
  for (const _again of [1, 2]) await does({ act: "remove-window", key: "2 08:00 12:00 Africa/Nairobi" });
  for (const _again of [1, 2]) await does({ act: "remove-absence", key: "2026-12-24 2026-12-27" });
  expect(await said()).toEqual({ schoolId: family.schoolId, windows: [evening], absences: [newYear] });
  const fifty = Array.from({ length: 50 }, (_, nth) => ({ startsOn: "2027-02-01", endsOn: new Date(Date.parse("2027-02-02") + nth * DAY).toISOString().slice(0, 10) }));
  await setAvailability(ctx, teacher, { schoolId: family.schoolId, windows: [evening], absences: fifty });
  expect(await refusal(does({ act: "add-absence", startsOn: "2027-05-01", lastDay: "2027-05-01" }))).toBe("act: too_many_windows");
  expect((await said()).absences).toHaveLength(50);
});
