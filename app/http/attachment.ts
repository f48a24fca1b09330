import type { StoredFile } from "../domain/files.ts";

/** Headers that make a file one to keep, never a page of ours: no browser opens it here, guesses what it is, or runs what is in it. */
export function attachmentHeaders({ name, type, file }: { name: string; type: string; file: Pick<StoredFile, "size"> }): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  return {
    "Content-Type": type === "text/plain" ? "text/plain; charset=utf-8" : type,
    "Content-Length": String(file.size),
    "Content-Disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    "Cache-Control": "private, no-store",
  };
}
