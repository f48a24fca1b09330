import { DomainError, invalid } from "../domain/errors.ts";
import type { Upload } from "../domain/schools/imports/inputs.ts";
import type { Uploads } from "./forms.ts";

/** The file of a form's field. */
export async function uploadOf(file: File | undefined): Promise<Upload> {
  if (!file) throw invalid("file", "file_missing");
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** The file that a request is, or holds in its form's field `file`. */
export async function readUpload(request: Request): Promise<Upload> {
  const type = request.headers.get("Content-Type") ?? "";
  if (/^multipart\/form-data\b/i.test(type)) {
    const file = (await request.formData().catch(() => null))?.get("file");
    return uploadOf(file instanceof File ? file : undefined);
  }
  if (!/^(?:text\/csv|text\/plain|application\/(?:json|zip|x-zip-compressed|octet-stream))\b/i.test(type)) throw new DomainError("unsupported_media_type", "file_type_unknown");
  return { name: "", bytes: new Uint8Array(await request.arrayBuffer()) };
}

/** All files that were chosen in one field. */
export const uploadsOf = (files: Uploads, field: string): Promise<Upload[]> =>
  Promise.all(Object.entries(files).filter(([name]) => name === field || name.startsWith(`${field}.`)).map(([, file]) => uploadOf(file)));
