/** What is known of a child, as families think of it. */
export const DATA_TYPES = ["profile", "progress", "assessments", "attendance", "activity", "mood", "chat_content", "media", "contact", "insights"] as const;
export type DataType = (typeof DATA_TYPES)[number];

/** Who may be let see it. `other_guardians`: those in force beside the primary one. */
export const RECIPIENTS = ["teachers", "tutors", "school_administration", "other_guardians", "companion", "outside_services"] as const;
export type Recipient = (typeof RECIPIENTS)[number];

export type Cell = { dataType: DataType; recipient: Recipient };
/** A cell as somebody set it. `until` is exclusive. */
export type Setting = Cell & { granted: boolean; until: number | null };

/** What teaching itself needs is open until a guardian closes it; everything else is closed until a guardian opens it. */
const FOR_TEACHING: readonly DataType[] = ["profile", "progress", "assessments", "attendance", "activity"];
const OPEN_AT_FIRST: Record<Recipient, readonly DataType[]> = {
  teachers: FOR_TEACHING,
  tutors: ["profile", "progress", "activity"],
  school_administration: [...FOR_TEACHING, "contact"],
  other_guardians: DATA_TYPES,
  companion: [],
  outside_services: [],
};

export const openAtFirst = ({ dataType, recipient }: Cell): boolean => OPEN_AT_FIRST[recipient].includes(dataType);

/** Whether the cell is open now: as last set while that lasts, else as at first; a grant that ran out is none. */
export function isOpen(cell: Cell, settings: readonly Setting[], now: number): boolean {
  const set = settings.find((one) => one.dataType === cell.dataType && one.recipient === cell.recipient);
  return set ? set.granted && (set.until === null || now < set.until) : openAtFirst(cell);
}

/** Opening these takes two guardians where a child has two who may see its progress; closing takes one. */
export const needsBoth = ({ dataType, recipient }: Cell): boolean => recipient === "companion" || recipient === "outside_services" || (recipient !== "other_guardians" && (dataType === "mood" || dataType === "chat_content"));
