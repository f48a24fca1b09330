import * as z from "zod";
import { saidOf } from "../../changes.ts";
import { decodeText, readTable } from "../../csv.ts";
import { invalid } from "../../errors.ts";
import type { ImportRow } from "../imports/outcomes.ts";
import type { PersonCells } from "../roster/facts.ts";

/** A family as somebody keeps it: by names. `key`: what their own list calls it. */
export type NamedFamily = { key?: string; name?: string; programmes: string[]; status?: string; parents: PersonCells[]; students: PersonCells[] };
/** `family` null: a line of JSON that is none. */
export type FamilyRow = ImportRow & { family: NamedFamily | null };

const MOST_PARENTS = 4;
const MOST_STUDENTS = 10;

const ofParent = { Name: "name", Email: "email", Phone: "phone", BirthDate: "birthDate" } as const;
const ofStudent = { Name: "name", BirthDate: "birthDate", Level: "level", Username: "username", Number: "number" } as const;
const numbers = (most: number) => Array.from({ length: most }, (_, at) => at + 1);
const columnsOf = (word: string, fields: object, most: number) => numbers(most).flatMap((number) => Object.keys(fields).map((field) => `${word}${number}${field}`));

/** One family a line; its people in numbered columns, as `parent1Name` or "Parent 1 name". */
const FAMILY_COLUMNS = ["family", "id", "programmes", "status", ...columnsOf("parent", ofParent, MOST_PARENTS), ...columnsOf("student", ofStudent, MOST_STUDENTS)];

/** The families of a CSV or a JSON file. A line counts from the header in CSV; in JSON the first family is 1. */
export function readFamilies(bytes: Uint8Array): FamilyRow[] {
  const begin = bytes.findIndex((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf].includes(byte));
  return begin >= 0 && "[{".includes(String.fromCharCode(bytes[begin]!)) ? readJson(decodeText(bytes)) : readCsv(bytes);
}

function readCsv(bytes: Uint8Array): FamilyRow[] {
  return readTable(bytes, FAMILY_COLUMNS, ["family"]).map(({ line, cells }) => {
    const people = (word: string, fields: Record<string, keyof PersonCells>, most: number) => numbers(most).flatMap((number): PersonCells[] => {
      const said = Object.entries(fields).flatMap(([field, name]) => (cells[`${word}${number}${field}`] ? [[name, cells[`${word}${number}${field}`]]] : []));
      return said.length > 0 ? [Object.fromEntries(said) as PersonCells] : [];
    });
    const family = { programmes: listOf(cells.programmes), parents: people("parent", ofParent, MOST_PARENTS), students: people("student", ofStudent, MOST_STUDENTS), ...saidOf({ key: cells.id, name: cells.family, status: cells.status }) };
    return { part: "", line, family };
  });
}

const Text = z.union([z.string(), z.number().transform(String)]).nullish().transform((text) => text?.trim() || undefined);
const person = <K extends keyof PersonCells>(...fields: K[]) => {
  const shape = Object.fromEntries(["name", ...fields].map((field) => [field, Text])) as Record<K | "name", typeof Text>;
  return z.union([z.string().transform((name) => ({ name: name.trim() || undefined })), z.object(shape)]).transform((cells) => saidOf(cells) as PersonCells);
};
const Family = z.object({
  id: Text, name: Text, family: Text, status: Text,
  programmes: z.union([z.string().transform(listOf), z.array(z.string().trim())]).default([]),
  parents: z.array(person("email", "phone", "birthDate")).max(MOST_PARENTS).default([]),
  students: z.array(person("birthDate", "level", "username", "number")).max(MOST_STUDENTS).default([]),
});

/** A list of families, or an object that holds one under `families`. */
function readJson(text: string): FamilyRow[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("file", "not_json");
  }
  const list = Array.isArray(value) ? (value as unknown[]) : (value as { families?: unknown }).families;
  if (!Array.isArray(list)) throw invalid("file", "families_missing");
  return list.map((one: unknown, index) => {
    const read = Family.safeParse(one);
    const { id, family, name, status, ...rest } = read.data ?? {};
    return { part: "", line: index + 1, family: read.success ? { ...(rest as Pick<NamedFamily, "programmes" | "parents" | "students">), ...saidOf({ key: id, name: name ?? family, status }) } : null };
  });
}

function listOf(text: string | undefined): string[] {
  return [...new Set((text ?? "").split(/[|;,/]/).map((word) => word.trim()).filter(Boolean))];
}
