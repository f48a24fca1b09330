import fc from "fast-check";
import { expect, test } from "vitest";
import { fileName, kindOf } from "#app/domain/files/kinds.ts";

const latin = (text: string) => Uint8Array.from([...text].map((sign) => sign.charCodeAt(0)));
const pdf = { type: "application/pdf", endings: ["pdf"] as [string] };

test("LRN-9: a file is what its bytes say; what can run or unfold is not taken", () => {
  const kinds = { "%PDF-1.4": "application/pdf", "ID3\x03": "audio/mpeg", "\xff\xfb\x90": "audio/mpeg", "Plain words": "text/plain" };
  for (const [bytes, type] of Object.entries(kinds)) expect(kindOf(latin(bytes))?.type).toBe(type);
  expect(kindOf(latin("OggS\0\x02............................OpusHead"))?.type).toBe("audio/ogg");
  expect(kindOf(latin("\0\0\0\x20ftypM4A ....moov....hdlr........soun"))?.type).toBe("audio/mp4");
  for (const refused of ["PK\x03\x04", "\0\0\0\x20ftypisom....moov....hdlr........vide", "OggS\0\x02......\x80theora", "MZ\x90\0", "<!doctype html>", "  <svg onload=1>", "<?php", "#!/bin/sh", "{\\rtf1", "GIF89a\x01\0\x01", " \n", "\xc3\x28", "\x89PNG\r\n\x1a\n"]) expect(kindOf(latin(refused)), refused).toBeNull();
});

test("LRN-9: names lose folders, signs that headers or shells read, and endings that lie", () => {
  const cleaned = { "../../etc/passwd": "passwd.pdf", "C:\\x\\Sums.PDF": "Sums.pdf", "run.exe": "run.exe.pdf", "a\r\nb\".pdf": "a b.pdf", ".htaccess": "htaccess.pdf", "": "file.pdf", "Hausaufgabe für Ä.pdf": "Hausaufgabe für Ä.pdf" };
  for (const [given, name] of Object.entries(cleaned)) expect(fileName(given, pdf)).toBe(name);
  // Any code point, with those that matter often among them.
  const sign = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)).map((point) => String.fromCodePoint(point));
  fc.assert(fc.property(fc.string({ unit: sign, maxLength: 120, size: "max" }), (given) => {
    const name = fileName(given, pdf);
    expect(name).toMatch(/^[^./\\"<>:|?*;%\p{C}][^/\\"<>:|?*;%\p{C}]*\.pdf$/u);
    expect([...name].length).toBeLessThanOrEqual(84);
  }), { numRuns: 1_000 });
});

test("LRN-9: a name of which nothing is left is called a file", () => {
  expect([fileName("?*", pdf), fileName(". .pdf", pdf), fileName("   \u0000", pdf), fileName(".\u0000.", pdf), fileName("?*.pdf", pdf)]).toEqual(["file.pdf", "file.pdf", "file.pdf", "file.pdf", "pdf.pdf"]);
});
