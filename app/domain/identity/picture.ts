/** What a file is by its bytes: neither its name nor what its sender calls it counts. */
type Picture = { type: "image/jpeg" | "image/png" | "image/webp"; width: number; height: number };

export const LARGEST_PICTURE = 8 * 1024 * 1024;
/** Each way; and in all, because a small file can unfold to gigabytes. */
const LONGEST_SIDE = 12_000;
const MOST_POINTS = 50_000_000;
const NARROWEST = 4;

/** The picture, `kind` for what is none, or `broken` for one whose head says nothing of its size. */
export function readPicture(bytes: Uint8Array): Picture | "kind" | "broken" {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = beginsWith(view, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? png(view) : beginsWith(view, 0, 0xff, 0xd8, 0xff) ? jpeg(view) : word(view, 0) === "RIFF" && word(view, 8) === "WEBP" ? webp(view) : "kind";
  return found ?? "broken";
}

export const isTooVast = ({ width, height }: Picture): boolean =>
  Math.max(width, height) > LONGEST_SIDE || width * height > MOST_POINTS || Math.max(width, height) > NARROWEST * Math.min(width, height);

const beginsWith = (view: DataView, at: number, ...bytes: number[]) => view.byteLength >= at + bytes.length && bytes.every((byte, index) => view.getUint8(at + index) === byte);
const word = (view: DataView, at: number) => (view.byteLength < at + 4 ? "" : String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3)));
const sized = (type: Picture["type"], width: number, height: number): Picture | null => (width > 0 && height > 0 ? { type, width, height } : null);

function png(view: DataView): Picture | null {
  return view.byteLength < 33 || word(view, 12) !== "IHDR" ? null : sized("image/png", view.getUint32(16), view.getUint32(20));
}

/** From marker to marker up to the frame's head, which is SOF0 to SOF15 without DHT, JPG and DAC. */
function jpeg(view: DataView): Picture | null {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) { at++; continue; }
    if (marker === 0xda || marker === 0xd9) return null;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return sized("image/jpeg", view.getUint16(at + 7), view.getUint16(at + 5));
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** A file cut short says so itself: RIFF begins with its length. */
function webp(view: DataView): Picture | null {
  if (view.byteLength < 30 || view.getUint32(4, true) + 8 > view.byteLength) return null;
  const three = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (word(view, 12)) {
    case "VP8X": return sized("image/webp", three(24) + 1, three(27) + 1);
    case "VP8L": return sized("image/webp", (view.getUint32(21, true) & 0x3fff) + 1, ((view.getUint32(21, true) >>> 14) & 0x3fff) + 1);
    case "VP8 ": return sized("image/webp", view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    default: return null;
  }
}

/** Whether a WebP file is one, and holds nothing but its picture: what a camera wrote stands in chunks of its own. */
export function isBareWebp(bytes: Uint8Array): boolean {
  const picture = readPicture(bytes);
  if (typeof picture === "string" || picture.type !== "image/webp") return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= view.byteLength; at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) & 1)) if (["EXIF", "XMP "].includes(word(view, at))) return false;
  return true;
}
