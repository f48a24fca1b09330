import { isKind, type Kind } from "../schools/roles.ts";

type Typed = Record<string, string>;

/** Boxes named `subject.<id>` as the ids ticked. */
export const ticked = (typed: Typed, name: string): string[] => Object.keys(typed).filter((field) => field.startsWith(`${name}.`)).map((field) => field.slice(name.length + 1));

/** The form of a new person as `NewPersonInput` wants it: only what its kind has. */
export function newPersonFrom(typed: Typed): unknown {
  const { kind, name, email, username, way, phone, level, birthDate, number, goal, tutorId, specialisation, role } = typed;
  const person = { name, email, username, way };
  if (kindFrom(kind) === "guardian") return { role: "parent", ...person, phone };
  if (kindFrom(kind) === "staff") return { role, ...person, phone, specialisation, subjectIds: ticked(typed, "subject") };
  return { role: "student", ...person, level, birthDate, number, goal, tutorId, guardians: guardiansFrom(typed) };
}

export const kindFrom = (said: string | null | undefined): Kind => (said && isKind(said) ? said : "student");

/** Filled rows move together, in place, so that what is wrong is told at the row where it is drawn again. */
function guardiansFrom(typed: Typed): Typed[] {
  const rows = [0, 1].map((at) => Object.fromEntries(["email", "name", "relationship"].flatMap((field) => {
    const value = typed[`guardians.${at}.${field}`];
    delete typed[`guardians.${at}.${field}`];
    return value === undefined ? [] : [[field, value]];
  })) as Typed).filter(({ email, name }) => email !== undefined || name !== undefined);
  for (const [at, row] of rows.entries()) for (const [field, value] of Object.entries(row)) typed[`guardians.${at}.${field}`] = value;
  return rows;
}
