import { invalid } from "./errors.ts";

/** More than this is no roster, whatever the packed size says. */
const MOST_UNPACKED = 50 * 1024 * 1024;
const MOST_ENTRIES = 100;
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const STORED = 0;
const DEFLATED = 8;

type Entry = { name: string; flags: number; method: number; packed: number; size: number; at: number };
type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The files at the top of a zip, unpacked by the platform itself. Throws invalid_input at `file`: when it is none, is encrypted, names
 * ways out of a folder, or would unpack to more than it says or more than any roster is.
 */
export async function readZip(bytes: Bytes): Promise<Map<string, Bytes>> {
  const entries = entriesOf(bytes);
  if (entries.some(({ flags }) => (flags & 1) === 1)) throw invalid("file", "zip_encrypted");
  if (entries.some(({ name }) => /\\|^\/|^[a-z]:|(^|\/)\.\.(\/|$)/i.test(name))) throw invalid("file", "zip_path");
  if (entries.length > MOST_ENTRIES || entries.reduce((sum, { size }) => sum + size, 0) > MOST_UNPACKED) throw invalid("file", "zip_too_large");
  const files = new Map<string, Bytes>();
  for (const entry of entries) {
    if (entry.name.includes("/")) continue;
    if (files.has(entry.name)) throw invalid("file", "zip_unreadable");
    files.set(entry.name, await unpack(bytes, entry));
  }
  return files;
}

function entriesOf(bytes: Bytes): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 22 - 65_536 && view.getUint32(end, true) !== END) end--;
  if (end < 0 || view.getUint32(end, true) !== END) throw invalid("file", "zip_unreadable");
  const entries: Entry[] = [];
  for (let left = view.getUint16(end + 10, true), at = view.getUint32(end + 16, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw invalid("file", "zip_unreadable");
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + lengths[0]));
    if (!name.endsWith("/")) entries.push({ name, flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true), packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true) });
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

async function unpack(bytes: Bytes, { method, packed, size, at }: Entry): Promise<Bytes> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL) throw invalid("file", "zip_unreadable");
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const data = bytes.subarray(from, from + packed);
  if (method === STORED && packed === size) return data;
  if (method !== DEFLATED) throw invalid("file", "zip_unreadable");
  const unpacked = new Uint8Array(size);
  let filled = 0;
  try {
    for await (const piece of new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")) as unknown as AsyncIterable<Uint8Array>) {
      if (filled + piece.length > size) throw new RangeError("more than it says");
      unpacked.set(piece, filled);
      filled += piece.length;
    }
  } catch {
    throw invalid("file", "zip_unreadable");
  }
  if (filled !== size) throw invalid("file", "zip_unreadable");
  return unpacked;
}

/** A zip of these files, in order. Its date is fixed, so that the same files make the same zip. */
export async function writeZip(files: [name: string, content: string | Bytes][]): Promise<Bytes> {
  const parts: Bytes[] = [];
  const central: Bytes[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const packed = new Uint8Array(await new Response(new Blob([data]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
    const label = new TextEncoder().encode(name);
    // Version 2.0, names in UTF-8, deflated, 1 January 1980, check sum, sizes, length of the name, nothing extra.
    const facts = [20, 0, 0x00, 0x08, DEFLATED, 0, 0, 0, 0x21, 0, ...four(crc32(data)), ...four(packed.length), ...four(data.length), label.length, 0, 0, 0];
    parts.push(new Uint8Array([...four(LOCAL), ...facts]), label, packed);
    central.push(new Uint8Array([...four(CENTRAL), 20, 0, ...facts, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...four(at)]), label);
    at += 30 + label.length + packed.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const count = [files.length & 255, files.length >> 8];
  const end = new Uint8Array([...four(END), 0, 0, 0, 0, ...count, ...count, ...four(size), ...four(at), 0, 0]);
  return new Uint8Array(await new Blob([...parts, ...central, end]).arrayBuffer());
}

const four = (value: number) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Bytes): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC[(value ^ byte) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
