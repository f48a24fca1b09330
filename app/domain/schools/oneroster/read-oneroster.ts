import { readTable } from "../../csv.ts";
import { invalid } from "../../errors.ts";
import { readZip } from "../../zip.ts";
import type { ImportRow } from "../imports/outcomes.ts";
import { COLUMNS, COLUMNS_OF_1_1, FILES, TERM_KINDS, type FileName } from "./vocabulary.ts";

export type Cells = Partial<Record<string, string>>;
/** A row of one of the files, with what other files of the zip say that it cannot be judged without. */
export type OneRosterRow = ImportRow & {
  cells: Cells;
  /** Of a user: the words for the roles, at whatever school, the birth date, and the guardians, whoever names whom. */
  roles?: string[];
  birthDate?: string | undefined;
  agents?: string[];
  /** Of an enrolment and a class: the user who leads the class, the primary teacher first. */
  teacher?: string | undefined;
  /** Of a user and each row of their roles: all that they hold or held. */
  held?: Held[];
  /** Of a row of roles: the address of its user. */
  email?: string | undefined;
  /** Of an org: the file has no other school. */
  only?: boolean;
};

/** `org` undefined: wherever the file is about. `gone`: to be deleted. */
export type Held = { word: string; org: string | undefined; ends: string | undefined; gone: boolean };

const REQUIRED: Record<FileName, string[]> = {
  orgs: ["sourcedId", "name", "type"], academicSessions: ["sourcedId", "title", "type", "startDate", "endDate"], courses: ["sourcedId", "title"], users: ["sourcedId", "givenName", "familyName"],
  roles: ["sourcedId", "userSourcedId", "role"], demographics: ["sourcedId"], classes: ["sourcedId", "title", "courseSourcedId"], enrollments: ["sourcedId", "classSourcedId", "userSourcedId", "role"],
};

/** The rows of a OneRoster zip in the order in which they rest on each other. Throws invalid_input at `file`. */
export async function readOneRoster(bytes: Uint8Array<ArrayBuffer>): Promise<OneRosterRow[]> {
  const files = await readZip(bytes);
  const manifest = files.get("manifest.csv");
  if (!manifest) throw invalid("file", "oneroster_no_manifest");
  const said = new Map(readTable(manifest, ["propertyName", "value"] as const, ["propertyName", "value"]).map(({ cells }) => [cells.propertyName, cells.value]));
  const version = said.get("oneroster.version");
  if (version !== "1.1" && version !== "1.2" && version !== "1.2.1") throw invalid("file", "oneroster_version");
  const rowsOf = (name: FileName): OneRosterRow[] => {
    const mode = said.get(`file.${name}`) ?? "absent";
    if (mode === "delta") throw invalid("file", "oneroster_delta");
    const file = files.get(`${name}.csv`);
    if (mode === "bulk" && !file) throw invalid("file", "oneroster_file_missing");
    if (mode !== "bulk" || !file) return [];
    const columns: string[] = [...COLUMNS[name], ...(name === "users" ? COLUMNS_OF_1_1 : [])];
    return readTable(file, columns, REQUIRED[name]).map((row) => ({ part: name, ...row }));
  };
  return ordered(Object.fromEntries(FILES.map((name) => [name, rowsOf(name)])) as Record<FileName, OneRosterRow[]>);
}

const listOf = (cell: string | undefined) => (cell ?? "").split(",").map((one) => one.trim()).filter(Boolean);
const isGone = ({ cells }: OneRosterRow) => cells.status?.toLowerCase() === "tobedeleted";

const isSchool = ({ cells }: OneRosterRow) => cells.type === "school";

function ordered({ orgs, academicSessions, courses, users, roles, demographics, classes, enrollments }: Record<FileName, OneRosterRow[]>): OneRosterRow[] {
  const born = new Map(demographics.filter((row) => !isGone(row)).map(({ cells }) => [cells.sourcedId, cells.birthDate]));
  const rolesOf = Map.groupBy(roles, ({ cells }) => cells.userSourcedId);
  const heldBy = (userId: string | undefined) => (rolesOf.get(userId) ?? []).toSorted((a, b) => Number(b.cells.roleType === "primary") - Number(a.cells.roleType === "primary")).map((row) => heldFrom(row));
  const heldOf = ({ cells: { sourcedId, role: word, orgSourcedIds } }: OneRosterRow): Held[] => {
    const once = { ends: undefined, gone: false };
    if (word) return orgSourcedIds ? listOf(orgSourcedIds).map((org) => ({ word, org, ...once })) : [{ word, org: undefined, ...once }];
    return heldBy(sourcedId);
  };
  const people = users.map((row): OneRosterRow => ({ ...row, birthDate: born.get(row.cells.sourcedId), held: heldOf(row), roles: heldOf(row).map(({ word }) => word) }));
  const emails = new Map(users.map(({ cells }) => [cells.sourcedId, cells.email?.toLowerCase()]));
  const isStudent = (row: OneRosterRow) => row.roles!.includes("student");
  const teachers = Map.groupBy(enrollments.filter((row) => row.cells.role === "teacher" && !isGone(row)), ({ cells }) => cells.classSourcedId);
  const teacherOf = (classId: string | undefined) => {
    const those = teachers.get(classId) ?? [];
    return (those.find(({ cells }) => cells.primary === "true") ?? those[0])?.cells.userSourcedId;
  };
  const ranks = Object.keys(TERM_KINDS);
  return [
    ...orgs.map((row) => ({ ...row, only: orgs.filter(isSchool).length === 1 })), ...academicSessions.toSorted((a, b) => ranks.indexOf(a.cells.type ?? "") - ranks.indexOf(b.cells.type ?? "")), ...courses,
    ...people.filter((row) => !isStudent(row)), ...people.filter(isStudent), ...roles.map((row) => ({ ...row, held: heldBy(row.cells.userSourcedId), email: emails.get(row.cells.userSourcedId) })), ...demographics, ...agentRows(people, isStudent),
    ...classes.map((row) => ({ ...row, teacher: teacherOf(row.cells.sourcedId) })),
    ...enrollments.map((row) => ({ ...row, teacher: teacherOf(row.cells.classSourcedId) })),
  ];
}

export const heldFrom = (row: OneRosterRow): Held => ({ word: row.cells.role ?? "", org: row.cells.orgSourcedId, ends: row.cells.endDate, gone: isGone(row) });

/** Who guards whom, one row for each user who names others: a student names guardians, a guardian students. */
function agentRows(people: OneRosterRow[], isStudent: (row: OneRosterRow) => boolean): OneRosterRow[] {
  return people.filter((row) => !isGone(row)).flatMap((row) => {
    const agents = listOf(row.cells.agentSourcedIds);
    return agents.length === 0 ? [] : [{ part: "agents", line: row.line, cells: { sourcedId: row.cells.sourcedId, isStudent: isStudent(row) ? "true" : "" }, agents }];
  });
}
