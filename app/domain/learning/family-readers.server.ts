import type { GuardianOf } from "#db/guardianships.ts";
import { readingCapacity } from "../consent/access.ts";
import type { DataType, Setting } from "../consent/rules.ts";

/** The child and those of its guardians to whom this kind of its data is open: who is told of it. */
export const familyReaders = (childId: string, guardians: GuardianOf[], settings: readonly Setting[], dataType: DataType, at: number): string[] => [
  childId,
  ...guardians.filter(({ isPrimary, ...rights }) => readingCapacity({ restricted: false, capacities: [{ as: "guardian", isPrimary, rights }], settings: [...settings], at }, dataType) !== undefined).map(({ guardianId }) => guardianId),
];
