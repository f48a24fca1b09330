import { bytesOf } from "./base64url.ts";

/** No letter that is read as another or as a figure. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
export const BACKUP_CODES = 10;
const LENGTH = 10;

/** A code as it is digested, however it was typed. */
export const backupCodeText = (typed: string) => typed.toLowerCase().replace(/[\s-]/g, "");

/** A code as it is shown: `abcde-fghjk`, nearly 50 of the given random bits. */
export function backupCodeFrom(random: string): string {
  let text = "";
  // Bytes beyond the last whole alphabet are skipped, so that each letter is equally likely.
  for (const byte of bytesOf(random)) if (byte < 248 && text.length < LENGTH) text += ALPHABET[byte % ALPHABET.length];
  return `${text.slice(0, LENGTH / 2)}-${text.slice(LENGTH / 2)}`;
}
