import { describe, expect, test } from "vitest";
import { isBareWebp, readPicture } from "#app/domain/identity/picture.ts";

const letters = (word: string) => [...word].map((letter) => letter.charCodeAt(0));
const four = (value: number) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255];
const chunk = (word: string, ...data: number[]) => [...letters(word), ...four(data.length), ...data, ...(data.length % 2 ? [0] : [])];
const riff = (...chunks: number[][]) => Uint8Array.from([...letters("RIFF"), ...four(4 + chunks.flat().length), ...letters("WEBP"), ...chunks.flat()]);
const extended = (width: number, height: number) => chunk("VP8X", 0, 0, 0, 0, ...four(width - 1).slice(0, 3), ...four(height - 1).slice(0, 3));
const lossless = (width: number, height: number) => chunk("VP8L", 0x2f, ...four((width - 1) | ((height - 1) << 14)), 0, 0, 0, 0, 0);
const lossy = (width: number, height: number) => chunk("VP8 ", 0, 0, 0, 0x9d, 1, 0x2a, ...four(width).slice(0, 2), ...four(height).slice(0, 2));
const jpeg = (...rest: number[]) => Uint8Array.from([0xff, 0xd8, ...rest]);
/** The frame's head: 8 bits, 300 high, 400 wide. */
const FRAME = [0xff, 0xc0, 0, 17, 8, 1, 44, 1, 144];

describe("FAM-12: the size stands in the picture's head", () => {
  test.each([
    ["an extended WebP", riff(extended(70_000, 480)), { type: "image/webp", width: 70_000, height: 480 }],
    ["a lossless WebP", riff(lossless(640, 480)), { type: "image/webp", width: 640, height: 480 }],
    ["a lossy WebP", riff(lossy(640, 480)), { type: "image/webp", width: 640, height: 480 }],
    ["a JPEG", jpeg(0xff, 0xe0, 0, 4, 0, 0, ...FRAME), { type: "image/jpeg", width: 400, height: 300 }],
    ["a JPEG with filling between its segments", jpeg(0xff, ...FRAME), { type: "image/jpeg", width: 400, height: 300 }],
    ["a JPEG with tables in front, which are no frame", jpeg(0xff, 0xc4, 0, 2, ...FRAME), { type: "image/jpeg", width: 400, height: 300 }],
  ])("of %s", (_kind, bytes, picture) => {
    expect(readPicture(bytes)).toEqual(picture);
  });

  test.each([
    ["a WebP of nothing", riff(lossy(0, 480))],
    ["a WebP of an unknown kind", riff(chunk("VP9 ", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))],
    ["a WebP cut short", riff(lossless(640, 480), chunk("ALPH", 1, 2)).slice(0, 34)],
    ["a JPEG with something else between its segments", jpeg(0xff, 0xe0, 0, 2, 0, ...FRAME)],
    ["a JPEG whose picture begins before its frame", jpeg(0xff, 0xda, 0, 2, ...FRAME)],
    ["a JPEG that ends before its frame", jpeg(0xff, 0xd9, 0, 2, ...FRAME)],
    ["a JPEG that points behind its end", jpeg(0xff, 0xe0, 255, 255, ...FRAME)],
  ])("and where it does not, the picture is broken: %s", (_kind, bytes) => {
    expect(readPicture(bytes)).toBe("broken");
  });
});

test.each([
  ["nothing but its picture", riff(extended(640, 480), lossy(640, 480)), true],
  ["what a camera wrote", riff(extended(640, 480), chunk("EXIF", 1, 2)), false],
  ["what a program wrote, behind a chunk of odd length", riff(extended(640, 480), chunk("ICCP", 1), chunk("XMP ", 1, 2)), false],
  ["a JPEG", jpeg(0xff, ...FRAME), false],
  ["no picture at all", Uint8Array.from(letters("hello")), false],
])("FAM-12: what is kept must be a WebP with its picture alone: %s", (_what, bytes, bare) => {
  expect(isBareWebp(bytes)).toBe(bare);
});
