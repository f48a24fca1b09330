import { invalid } from "./errors.ts";

/** A line of a table: where it stands (the header being line 1) and its cells by column, without those that are empty. */
export type TableRow<C extends string = string> = { line: number; cells: Partial<Record<C, string>> };

const SEPARATORS = [",", ";", "\t"];
/** `Birth date`, `birth_date` and `birthDate` name one column. */
const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, "");

/**
 * The rows of a CSV file under the columns that are known; others are passed over, and so are lines without a single cell.
 * A line is counted as a spreadsheet counts it: a break inside quotes begins none. Throws invalid_input at `file`.
 */
export function readTable<C extends string>(bytes: Uint8Array, columns: readonly C[], required: readonly C[] = []): TableRow<C>[] {
  const text = decodeText(bytes);
  const [header = [], ...lines] = parseCsv(text, separatorOf(text));
  const known = new Map(columns.map((column) => [plain(column), column]));
  const placed = header.map((name) => known.get(plain(name)));
  if (required.some((column) => !placed.includes(column))) throw invalid("file", "csv_columns_missing");
  return lines.flatMap((line, index) => {
    const cells: Partial<Record<C, string>> = {};
    line.forEach((cell, at) => {
      const column = placed[at];
      if (column !== undefined && cell.trim() !== "") cells[column] = bared(cell.trim());
    });
    return line.some((cell) => cell.trim() !== "") ? [{ line: index + 2, cells }] : [];
  });
}

const MARKS: [encoding: string, mark: number[]][] = [["utf-8", [0xef, 0xbb, 0xbf]], ["utf-16le", [0xff, 0xfe]], ["utf-16be", [0xfe, 0xff]]];

/** UTF-8 or UTF-16 by their marks, UTF-8 without one, else what Windows wrote before. */
export function decodeText(bytes: Uint8Array): string {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return new TextDecoder(marked[0]).decode(bytes);
  if (bytes.includes(0)) throw invalid("file", "file_not_text");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** What separates the names in the first line. */
function separatorOf(text: string): string {
  const first = text.replace(/"[^"]*"/g, "").split(/[\r\n]/, 1)[0]!;
  const count = (separator: string) => first.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** RFC 4180, lines ended by CRLF, LF or CR. A quote inside a bare cell is part of it. */
export function parseCsv(text: string, separator = ","): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    let cell = "";
    if (text[at] === '"') [cell, at] = quoted(text, at + 1);
    const from = at;
    while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at++;
    row.push(cell + text.slice(from, at));
    const separated = text[at] === separator;
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (separated && at < text.length) continue;
    if (separated) row.push("");
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The cell and where it ended. */
function quoted(text: string, from: number): [string, number] {
  let cell = "";
  for (;;) {
    const end = text.indexOf('"', from);
    if (end === -1) throw invalid("file", "csv_quote_open");
    cell += text.slice(from, end);
    if (text[end + 1] !== '"') return [cell, end + 1];
    cell += '"';
    from = end + 2;
  }
}

type Cell = string | number | boolean | null | undefined;

/** A spreadsheet runs what begins like this: with an apostrophe before it, it is words again. */
export const neutralised = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

const bared = (cell: string) => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell);

/** CSV for people to open: formulas are neutralised. */
export const writeCsv = (rows: Cell[][]) => writeExactCsv(rows.map((row) => row.map((cell) => (typeof cell === "string" ? neutralised(cell) : cell))));

/** CSV for machines: every cell as it is. */
export const writeExactCsv = (rows: Cell[][]) => rows.map((row) => row.map((cell) => written(cell)).join(",") + "\r\n").join("");

function written(cell: Cell): string {
  const text = String(cell ?? "");
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
