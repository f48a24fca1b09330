import type { Upload } from "#app/domain/schools/imports/inputs.ts";

const encode = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
export const file = (name: string, text: string): Upload => ({ name, bytes: encode(text) });
export const PDF = file("sums.pdf", "%PDF-1.7\n1 0 obj\n");
