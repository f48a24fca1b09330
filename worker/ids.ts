import { monotonicFactory } from "ulid";
import type { Ids } from "#app/context.ts";

const ulid = monotonicFactory(() => crypto.getRandomValues(new Uint8Array(1))[0]! / 256);

const base64url = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

export const ids: Ids = {
  make: (prefix) => `${prefix}_${ulid()}`,
  secret: () => base64url(crypto.getRandomValues(new Uint8Array(32))),
  uuid: () => crypto.randomUUID(),
  letters: (alphabet, length) => {
    // Bytes beyond the last whole round of the alphabet are thrown away, so that each letter is equally likely.
    const most = 256 - (256 % alphabet.length);
    let letters = "";
    while (letters.length < length) for (const byte of crypto.getRandomValues(new Uint8Array(16))) if (byte < most && letters.length < length) letters += alphabet[byte % alphabet.length];
    return letters;
  },
  digits: (length) => {
    // Bytes from 250 up are thrown away, so that each digit is equally likely.
    let digits = "";
    while (digits.length < length) for (const byte of crypto.getRandomValues(new Uint8Array(16))) if (byte < 250 && digits.length < length) digits += byte % 10;
    return digits;
  },
};
