import { readPicture } from "../identity/picture.ts";

/** What is taken, found in a file's own bytes. Nothing that a program might run or unfold: no archives, no office files, no HTML. */
export type FileKind = { type: string; endings: [string, ...string[]] };

const KINDS = {
  pdf: { type: "application/pdf", endings: ["pdf"] },
  jpeg: { type: "image/jpeg", endings: ["jpg", "jpeg"] },
  png: { type: "image/png", endings: ["png"] },
  webp: { type: "image/webp", endings: ["webp"] },
  mp3: { type: "audio/mpeg", endings: ["mp3"] },
  m4a: { type: "audio/mp4", endings: ["m4a"] },
  ogg: { type: "audio/ogg", endings: ["ogg", "oga", "opus"] },
  text: { type: "text/plain", endings: ["txt", "md", "csv"] },
} as const satisfies Record<string, FileKind>;

export const LARGEST_ATTACHMENT = 10 * 1024 * 1024;
export const MOST_ATTACHMENTS = 5;
export const FILE_TYPES = Object.values(KINDS).map(({ type }) => type);
/** For the chooser of a form; the bytes decide. */
export const ACCEPTED = [...new Set(Object.values(KINDS).flatMap(({ type, endings }) => [type, ...endings.map((ending) => `.${ending}`)]))].join(",");

/** What the file is, or null for what is not taken. */
export function kindOf(bytes: Uint8Array): FileKind | null {
  const head = latin(bytes.subarray(0, 512));
  if (head.startsWith("%PDF-")) return KINDS.pdf;
  const picture = readPicture(bytes);
  if (picture === "broken") return null;
  if (picture !== "kind") return KINDS[picture.type.slice("image/".length) as "jpeg" | "png" | "webp"];
  if (/^ID3[\x02-\x04]/.test(head) || /^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/.test(head)) return KINDS.mp3;
  if (/^OggS/.test(head)) return /OpusHead|\x01vorbis|Speex/.test(head) ? KINDS.ogg : null;
  // The same box holds films: what names a track of pictures is none of ours.
  if (/^....ftyp(M4A |M4B |mp42|isom|3gp4)/s.test(head)) return hasFilm(bytes) ? null : KINDS.m4a;
  return isText(bytes) ? KINDS.text : null;
}

const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes);

function hasFilm(bytes: Uint8Array): boolean {
  const film = [0x76, 0x69, 0x64, 0x65];
  for (let at = bytes.indexOf(film[0]!); at !== -1; at = bytes.indexOf(film[0]!, at + 1)) if (film.every((byte, index) => bytes[at + index] === byte)) return true;
  return false;
}

/** UTF-8 without control signs, and nothing that begins like markup. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.trim() !== "" && !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text) && !/^\s*(<[!?a-z]|#!|\{\\rtf)/i.test(text);
  } catch {
    return false;
  }
}

/** A name that is safe in every folder and header, with an ending that says what the file is. */
export function fileName(given: string, { endings }: FileKind): string {
  const last = given.normalize("NFC").split(/[/\\]/).at(-1)!;
  const clean = last.replace(/[\p{C}"<>:|?*;%]/gu, " ").replace(/\s+/g, " ").trim().replace(/^\.+/, "");
  const dot = clean.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [clean.slice(0, dot), clean.slice(dot + 1).toLowerCase()] : [clean, ""];
  const right = endings.includes(ending);
  const bare = (right ? stem : clean).replace(/^[.\s]+/, "");
  return `${[...bare].slice(0, 80).join("").trim() || "file"}.${right ? ending : endings[0]}`;
}
