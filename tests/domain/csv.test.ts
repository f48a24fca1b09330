import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText, neutralised, parseCsv, readTable, writeCsv, writeExactCsv } from "#app/domain/csv.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const cell = fc.string({ unit: fc.constantFrom("a", "é", ",", ";", '"', "\n", "\r", "\t", " ", "=", "-") });

test("SCH-7: what is written as CSV is read again as it was", () => {
  fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
    expect(parseCsv(writeExactCsv(rows))).toEqual(rows);
  }));
});

test.each([
  ["commas and CRLF", bytes('name,note\r\n"A, B","say ""hi"""\r\n')],
  ["semicolons, LF and no end of line", bytes('Name;Note\n"A, B";"say ""hi"""')],
  ["tabs and CR", bytes('NAME\tnote\rA, B\tsay "hi"\r')],
  ["a byte order mark and an unknown column", bytes('\ufeffname,x,note\n"A, B",9,"say ""hi"""\n,,\n')],
  ["UTF-16", new Uint8Array([0xff, 0xfe, ...[..."name;note\nA, B;say \"hi\""].flatMap((letter) => [letter.charCodeAt(0), 0])])],
])("SCH-7: a table is read with %s", (_said, file) => {
  expect(readTable(file, ["name", "note"] as const)).toEqual([{ line: 2, cells: { name: "A, B", note: 'say "hi"' } }]);
});

test("SCH-7: lines are counted as a spreadsheet counts them, empty ones too", () => {
  expect(readTable(bytes('birth_date\n"a\nb"\n\nc'), ["birthDate"] as const).map(({ line }) => line)).toEqual([2, 4]);
});

test("SCH-7: what is neither UTF-8 nor marked is read as Windows wrote it; what is no text is refused", () => {
  expect(decodeText(new Uint8Array([0x5a, 0x6f, 0xeb]))).toBe("Zoë");
  for (const [file, problem] of [[new Uint8Array([0x89, 0x50, 0, 1]), "file_not_text"], [bytes('name\n"open'), "csv_quote_open"], [bytes("nom\nA"), "csv_columns_missing"]] as const) {
    expect(() => readTable(file, ["name"] as const, ["name"])).toThrow(expect.objectContaining({ code: "invalid_input", fields: [{ path: "file", message: problem }] }));
  }
});

test("SCH-7: formulas are words again when a person opens the file", () => {
  expect(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "plain", "a=b"].map(neutralised)).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", "plain", "a=b"]);
  expect(writeCsv([["=HYPERLINK(\"x\")", -5, null, true]])).toBe(`"'=HYPERLINK(""x"")",-5,,true\r\n`);
});

test("SCH-4: an empty file has no rows, and none of the columns that are needed", () => {
  expect(readTable(new Uint8Array(), ["name"])).toEqual([]);
  expect(() => readTable(new Uint8Array(), ["name"], ["name"])).toThrow(expect.objectContaining({ fields: [{ path: "file", message: "csv_columns_missing" }] }));
});
