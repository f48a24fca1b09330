/** What the demo schools sell. Amounts are cents of Kenyan shillings. */
export const plans = [
  { key: "reading", school: "umoja", name: "Reading club, one month", description: "Two stories a week, read together.", kind: "subscription", price: 300_00, minutes: null },
  { key: "two-hours", school: "umoja", name: "2 hours of tutoring", description: "For one hard topic.", kind: "hours", price: 500_00, minutes: 120 },
  { key: "five-hours", school: "umoja", name: "5 hours of tutoring", description: "For one subject, within two months.", kind: "hours", price: 1_200_00, minutes: 300 },
  { key: "ten-hours", school: "umoja", name: "10 hours of tutoring", description: "For one subject, within a term.", kind: "hours", price: 2_200_00, minutes: 600 },
  { key: "robotics", school: "umoja", name: "Robotics kit", description: "Motor, board and twelve projects to build.", kind: "one_off", price: 6_500_00, minutes: null },
  { key: "camp", school: "umoja", name: "Holiday science camp", description: "Five days in December, lunch included.", kind: "one_off", price: 12_000_00, minutes: null },
  { key: "other-two-hours", school: "baraka", name: "2 hours of tutoring", description: "Any subject.", kind: "hours", price: 450_00, minutes: 120 },
  { key: "other-ten-hours", school: "baraka", name: "10 hours of tutoring", description: "Any subject.", kind: "hours", price: 2_000_00, minutes: 600 },
] as const;

export type DemoPlanKey = (typeof plans)[number]["key"];

/** Budget rules, as their guardians set them. Amounts are cents of Kenyan shillings. */
export const rules = [
  ...(["pp2", "grade3", "grade6", "grade8"] as const).map((child) => ({ child, guardian: "guardian", week: 10_000_00, month: 30_000_00, auto: 500_00, threshold: 5_000_00, rollover: child === "pp2" ? "unspent" : "none" }) as const),
  { child: "grade6", guardian: "co-guardian", week: null, month: 25_000_00, auto: 800_00, threshold: 6_000_00, rollover: "none" },
  { child: "other-child", guardian: "other-guardian", week: 3_000_00, month: null, auto: 500_00, threshold: null, rollover: "none" },
] as const;

export const policies = { grade6: "primary", grade8: "all" } as const;
