import type { Rights } from "../actor.ts";
import { isOpen, openAtFirst, RECIPIENTS, type DataType, type Recipient, type Setting } from "./rules.ts";

/** In which relation a reader stands to a child now. Somebody may stand in several. */
export type Capacity =
  | { as: "self" }
  | { as: "guardian"; isPrimary: boolean; rights: Rights }
  | { as: "teacher" | "tutor" | "school_administration"; schoolId: string };

/** All that decides what one reader may read of one child, as `db/child-access.ts` loads it. */
export type ChildAccess = {
  readerId: string;
  childId: string;
  /** When these facts were true. */
  at: number;
  restricted: boolean;
  capacities: Capacity[];
  settings: Setting[];
};

const RECIPIENT = { teacher: "teachers", tutor: "tutors", school_administration: "school_administration" } as const satisfies Record<string, Recipient>;

/** The right that a guardian beside the primary one needs as well. */
const RIGHT_TO_READ: Partial<Record<DataType, keyof Rights>> = {
  progress: "canViewProgress", assessments: "canViewProgress", attendance: "canViewProgress", activity: "canViewProgress",
  mood: "canViewProgress", insights: "canViewProgress", chat_content: "canTalkWithTeachers",
};

export const rightToRead = (dataType: DataType): keyof Rights | undefined => RIGHT_TO_READ[dataType];

/** The first of the reader's capacities in which this kind of data is open to them. A restriction makes every capacity none. */
export function readingCapacity({ restricted, capacities, settings, at }: Omit<ChildAccess, "readerId" | "childId">, dataType: DataType): Capacity | undefined {
  const open = (recipient: Recipient) => isOpen({ dataType, recipient }, settings, at);
  const reads = (capacity: Capacity): boolean => {
    if (capacity.as === "self") return true;
    if (capacity.as !== "guardian") return open(RECIPIENT[capacity.as]);
    const right = RIGHT_TO_READ[dataType];
    return capacity.isPrimary || (open("other_guardians") && (right === undefined || capacity.rights[right]));
  };
  return restricted ? undefined : capacities.find(reads);
}

/** The same rule in pieces, for `mayRead` to say in SQL. */
export type ReadRule = { dataType: DataType; openAtFirst: Recipient[]; right: keyof Rights | null };
export const readRule = (dataType: DataType): ReadRule =>
  ({ dataType, openAtFirst: RECIPIENTS.filter((recipient) => openAtFirst({ dataType, recipient })), right: RIGHT_TO_READ[dataType] ?? null });
