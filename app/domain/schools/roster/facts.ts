import * as z from "zod";
import { normalisePhone } from "../../phone.ts";
import { LEVELS } from "../../families/levels.ts";
import { ROSTER_ROLES, RowProblem, type PersonFacts, type RosterRole } from "./people.ts";

const Email = z.email();
const orProblem = <T>(value: T | null | undefined | false, problem: string): T => {
  if (value === null || value === undefined || value === false) throw new RowProblem(problem);
  return value;
};

export type PersonCells = Partial<Record<"name" | "email" | "username" | "phone" | "birthDate" | "level" | "number" | "goal", string>>;

/** A person's cells as facts. Throws RowProblem at the first that cannot be used. */
export function factsOf(roles: RosterRole[], cells: PersonCells): PersonFacts {
  const name = orProblem(cells.name, "name_missing");
  if (name.length > 100) throw new RowProblem("too_long");
  if (!/^(?!.*:\/\/)[^\u0000-\u001f]*$/.test(name)) throw new RowProblem("name_unusable");
  const { email, username, phone, birthDate, level, number, goal } = cells;
  if ((number?.length ?? 0) > 60 || (goal?.length ?? 0) > 500) throw new RowProblem("too_long");
  return {
    roles, name,
    ...(email && { email: emailOf(email) }),
    ...(username && { username: orProblem(/^[a-z0-9][a-z0-9._-]{2,29}$/.test(username.toLowerCase()) && username.toLowerCase(), "username_unusable") }),
    ...(phone && { phone: orProblem(normalisePhone(phone), "phone_unusable") }),
    ...(birthDate && { birthDate: dateOf(birthDate, "birth_date_unusable") }),
    ...(level && { level: levelOf(level) }),
    ...(number && { number }),
    ...(goal && { goal }),
  };
}

export function rolesOf(text: string | undefined): RosterRole[] {
  const words = orProblem(text, "role_missing").toLowerCase().split(/[\s,;|/]+/).filter(Boolean);
  const roles = words.map((word) => orProblem(ROSTER_ROLES.find((role) => role === (WORDS[word] ?? word)), "role_unknown"));
  if (roles.includes("student") && roles.length > 1) throw new RowProblem("student_and_adult");
  return [...new Set(roles)];
}
const WORDS: Record<string, RosterRole> = { guardian: "parent", staff: "school_staff", pupil: "student" };

export const emailOf = (text: string) => orProblem(text.length <= 254 && Email.safeParse(text.toLowerCase()).data, "email_unusable");

export function dateOf(text: string, problem: string): string {
  const at = Date.parse(`${text}T00:00:00Z`);
  return orProblem(/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) && text > "1900" && text, problem);
}

/** `grade-6`, `Grade 6`, `6` and `06` are one level. */
function levelOf(text: string): string {
  const word = text.toLowerCase().replace(/[\s_-]/g, "");
  const [, figure] = /^(?:grade|g)?0*(\d{1,2})$/.exec(word) ?? [];
  const level = figure ? `grade-${figure}` : word;
  return orProblem(LEVELS.includes(level) && level, "school_level_unknown");
}
