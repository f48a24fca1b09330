import { env } from "cloudflare:workers";

/** Pictures made in the test, byte by byte where it matters. */

const bytesOf = (...parts: (number[] | string | Uint8Array)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : [...part])));
const four = (value: number) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

const crcOf = (bytes: Uint8Array) => {
  let crc = 0xffffffff;
  for (const byte of bytes) for (let bit = 0, value = (crc ^ byte) & 255; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1, bit === 7 && (crc = (crc >>> 8) ^ value);
  return (crc ^ 0xffffffff) >>> 0;
};
const chunk = (type: string, data: Uint8Array) => bytesOf(four(data.length), type, data, four(crcOf(bytesOf(type, data))));
const deflate = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer());

/** A grey PNG of that size; `claims` lies about it in the head. */
export async function pngOf(width: number, height: number, claims = { width, height }): Promise<Uint8Array<ArrayBuffer>> {
  const head = bytesOf(four(claims.width), four(claims.height), [8, 0, 0, 0, 0]);
  const rows = new Uint8Array(height * (width + 1)).map((_byte, at) => (at % (width + 1) === 0 ? 0 : (at * 7) & 255));
  return bytesOf([0x89], "PNG\r\n\u001a\n", chunk("IHDR", head), chunk("IDAT", await deflate(rows)), chunk("IEND", new Uint8Array()));
}

const draw = async (format: "image/jpeg" | "image/webp") => {
  const { IMAGES } = env as unknown as { IMAGES: ImagesBinding };
  const made = await IMAGES.input(new Blob([await pngOf(400, 300)]).stream()).transform({ width: 400 }).output({ format });
  return new Uint8Array(await made.response().arrayBuffer());
};
export const webp = () => draw("image/webp");

/** What a phone writes: an EXIF segment with the camera's name and the place, after the first two bytes of a real JPEG. */
export async function jpegWithPlace(): Promise<Uint8Array<ArrayBuffer>> {
  const jpeg = await draw("image/jpeg");
  const two = (value: number) => [value >> 8, value & 255];
  const entry = (tag: number, type: number, count: number, value: number[]) => [...two(tag), ...two(type), ...four(count), ...value];
  const [make, date] = ["SpyPhone 9\0", "2026:11:24\0"];
  // TIFF, big-endian: IFD0 with Make and the way to the GPS IFD, which says 1° 17' 11" S and the day.
  const [gpsAt, makeAt] = [8 + 2 + 2 * 12 + 4, 8 + 2 + 2 * 12 + 4 + 2 + 3 * 12 + 4];
  const [latitudeAt, dateAt] = [makeAt + make.length + 1, makeAt + make.length + 1 + 24];
  const tiff = bytesOf("MM", [0, 42], four(8),
    two(2), entry(0x010f, 2, make.length, four(makeAt)), entry(0x8825, 4, 1, four(gpsAt)), four(0),
    two(3), entry(1, 2, 2, [83, 0, 0, 0]), entry(2, 5, 3, four(latitudeAt)), entry(0x1d, 2, date.length, four(dateAt)), four(0),
    make, [0], [1, 1, 17, 1, 11, 1].flatMap(four), date);
  const segment = bytesOf("Exif\0\0", tiff);
  const xmp = bytesOf("http://ns.adobe.com/xap/1.0/\0", "<x:xmpmeta><exif:GPSLatitude>1,17.18S</exif:GPSLatitude></x:xmpmeta>");
  return bytesOf(jpeg.slice(0, 2), [0xff, 0xe1], two(segment.length + 2), segment, [0xff, 0xe1], two(xmp.length + 2), xmp, jpeg.slice(2));
}

export const EXECUTABLES: Record<string, Uint8Array<ArrayBuffer>> = {
  "a Windows program": bytesOf("MZ", [0x90, 0, 3, 0], new Uint8Array(200)),
  "a Linux program": bytesOf([0x7f], "ELF", [2, 1, 1], new Uint8Array(200)),
  "a shell script": bytesOf("#!/bin/sh\nrm -rf /\n"),
  "an SVG with script": bytesOf('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  "a GIF": bytesOf("GIF89a", [1, 0, 1, 0, 0, 0, 0], ";"),
  "a page": bytesOf("<!doctype html><script>alert(1)</script>"),
  "words": bytesOf("hello"),
};
