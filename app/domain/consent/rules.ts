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

type Grant = { granted: boolean; until: number | null };
export type CellPlan = Cell & { outcome: "done" | "already" | "proposed" | "waiting" };

/** What becomes of each cell when a guardian sets it so: nothing, at once, or only with a second guardian. `waiting`: somebody proposed it before. */
export function planCells(cells: Cell[], { granted, until }: Grant, { settings, proposed, alone, now }: { settings: readonly Setting[]; proposed: readonly Cell[]; alone: boolean; now: number }): CellPlan[] {
  return cells.map((cell) => {
    const open = isOpen(cell, settings, now);
    const ends = settings.find((one) => sameCell(one, cell))?.until ?? null;
    if (open === granted && (!granted || ends === until)) return { ...cell, outcome: proposed.some((one) => sameCell(one, cell)) && !granted ? "done" : "already" };
    // To shorten what is open takes nobody else.
    const widens = granted && !(open && until !== null && (ends === null || until < ends));
    if (!widens || alone || !needsBoth(cell)) return { ...cell, outcome: "done" };
    return { ...cell, outcome: proposed.some((one) => sameCell(one, cell)) ? "waiting" : "proposed" };
  });
}

export const sameCell = (one: Cell, other: Cell): boolean => one.dataType === other.dataType && one.recipient === other.recipient;

/** How long a grant waits for the second guardian. */
export const PROPOSAL_LIFE = 14 * 24 * 60 * 60_000;
