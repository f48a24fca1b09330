type Moderator = { userId: string; schoolId: string };

/** Before whom a report is laid, and who decides it. `nobody`: it waits until somebody else runs the school. */
export type Court = { before: "school" | "help" | "nobody"; schoolId: string; userIds: string[] };

/** Nobody decides about their own words: what the only one wrote who runs a school goes to those who run the school of help. */
export function courtFor(schoolId: string, authorId: string | null, moderators: Moderator[], helpSchoolId: string | null): Court {
  const of = (school: string | null) => moderators.flatMap((one) => (one.schoolId === school && one.userId !== authorId ? [one.userId] : []));
  const [own, help] = [of(schoolId), of(helpSchoolId)];
  if (own.length > 0) return { before: "school", schoolId, userIds: own };
  return help.length > 0 && helpSchoolId !== null ? { before: "help", schoolId: helpSchoolId, userIds: help } : { before: "nobody", schoolId, userIds: [] };
}
