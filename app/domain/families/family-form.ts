/** The form of a new family: flat fields (`students.0.name`) with as many rows as were asked for. */

type Typed = Record<string, string>;
type Rows = { students: number; guardians: number };
type Kind = keyof Rows;

const MOST: Rows = { students: 10, guardians: 6 };
/** What makes a row worth reading; a choice that stands on its default does not. */
const TELLING = { students: ["name", "username", "pin"], guardians: ["name", "email"] } as const;
const FIELDS = { students: ["name", "username", "pin", "level"], guardians: ["name", "email", "relationship", "may"] } as const;

/** How many rows to draw: those asked for, or a few to begin with. */
export function rowsOf(typed: Typed): Rows {
  const count = (kind: Kind, first: number) => Math.min(Math.max(Number(typed[`rows.${kind}`]) || first, 1) + (typed.add === kind ? 1 : 0), MOST[kind]);
  return { students: count("students", 2), guardians: count("guardians", 1) };
}

/** Moves filled rows together, in place, so that what is wrong is told at the row where it is drawn again. */
function closeRanks(typed: Typed): void {
  for (const kind of ["students", "guardians"] as const) {
    const rows = Array.from({ length: MOST[kind] }, (_, at) => Object.fromEntries(FIELDS[kind].map((field) => [field, typed[`${kind}.${at}.${field}`]])));
    for (const name of Object.keys(typed)) if (name.startsWith(`${kind}.`)) delete typed[name];
    for (const [at, row] of rows.filter((each) => TELLING[kind].some((field) => each[field] !== undefined)).entries())
      for (const [field, value] of Object.entries(row)) if (value !== undefined) typed[`${kind}.${at}.${field}`] = value;
  }
}

/** The form's fields as `CreateFamilyInput` wants them. */
export function familyFrom(typed: Typed): unknown {
  closeRanks(typed);
  const { name, address, currency, timeZone, decisionWindowHours } = typed;
  const rows = (kind: Kind) => {
    const found: Typed[] = [];
    for (let at = 0; FIELDS[kind].some((field) => typed[`${kind}.${at}.${field}`] !== undefined); at++)
      found.push(Object.fromEntries(FIELDS[kind].flatMap((field) => (typed[`${kind}.${at}.${field}`] === undefined ? [] : [[field, typed[`${kind}.${at}.${field}`]!]]))));
    return found;
  };
  return {
    name, address, currency: currency?.trim().toUpperCase(), timeZone: timeZone?.trim(),
    ...(decisionWindowHours === undefined ? {} : { decisionWindowHours: Number(decisionWindowHours) }),
    students: rows("students"),
    guardians: rows("guardians").map(({ may, ...adult }) => ({ ...adult, ...(may === "all" ? { rights: EVERYTHING } : {}) })),
  };
}

const EVERYTHING = { canApprovePurchases: true, canScheduleLessons: true, canViewProgress: true, canTalkWithTeachers: true };
